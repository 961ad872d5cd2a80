"""This file is about ClinicalImpression: what a psychiatrist judged and signed of a course."""

from collections.abc import Iterator
from datetime import datetime

from clinic.exchange.rules.dossier import CourseFile, Dossier
from clinic.exchange.rules.fhir.provenance import ROLE, SIGNATURE
from clinic.exchange.rules.fhir.values import (
    Json,
    coded,
    extension,
    reference,
    resource,
    said,
)
from clinic.exchange.rules.lens import Lens
from clinic.review.rules import Decided

EVALUATION, DECISION = "evaluation", "course-decision"


def judgements(lens: Lens, dossier: Dossier, course: CourseFile) -> Iterator[Json]:
    """The decision of the evaluation that is in force, then each decision of the review, oldest
    first; each with its signature."""
    if (found := course.eligibility) is not None:
        yield impression(
            lens,
            dossier,
            course,
            f"{EVALUATION}:{found.n}",
            at=found.signed_at,
            by=found.signed_by,
            code=coded(lens.book, f"assessment:{EVALUATION}", "Evaluation before treatment"),
            summary=lens.mask.text(found.reason),
            finding=[finding(lens, f"eligibility:{found.decision}")],
        )
        yield signature(lens, course, f"{EVALUATION}:{found.n}", found.signed_at, found.signed_by)
    for one in sorted(course.decisions, key=lambda decision: decision.n):
        yield decision(lens, dossier, course, one)
        yield signature(lens, course, f"{DECISION}:{one.n}", one.signed_at, one.signed_by)


def decision(lens: Lens, dossier: Dossier, course: CourseFile, one: Decided) -> Json:
    """What was decided after a session, in codes, and in words where they may leave."""
    schedule = lens.mask.text(one.new_schedule)
    because = [finding(lens, f"stop-reason:{one.stopped_because}")] if one.stopped_because else []
    notes = (
        f"New dose: {one.new_dose}" if one.new_dose else "",
        f"New schedule: {schedule}" if schedule else "",
    )
    again = lens.day(one.re_evaluate_on)
    return impression(
        lens,
        dossier,
        course,
        f"{DECISION}:{one.n}",
        at=one.signed_at,
        by=one.signed_by,
        code=coded(
            lens.book, f"assessment:{DECISION}", f"Decision after session {one.after_session}"
        ),
        previous=reference("ClinicalImpression", lens.id(course.id, f"{DECISION}:{one.n - 1}"))
        if one.n > 1
        else None,
        summary=lens.mask.text(one.reason),
        finding=[finding(lens, f"decision:{one.decision}"), *because],
        note=[{"text": words} for words in notes if words],
        extension=[said(url=extension(lens.book, "re-evaluate-on"), valueDate=again)]
        if again
        else [],
    )


def impression(
    lens: Lens,
    dossier: Dossier,
    course: CourseFile,
    part: str,
    *,
    at: datetime,
    by: str,
    **parts: object,
) -> Json:
    """What every judgement has. Of a course that was opened in error it says so too."""
    return resource(
        "ClinicalImpression",
        lens.id(course.id, part),
        status="entered-in-error" if course.in_error else "completed",
        subject=reference("Patient", lens.id(dossier.person.id)),
        effectiveDateTime=lens.moment(at),
        date=lens.moment(at),
        assessor=signer(lens, by),
        **parts,
    )


def finding(lens: Lens, meaning: str) -> Json:
    """One thing that was found."""
    words = meaning.partition(":")[2].replace("-", " ").capitalize()
    return {"itemCodeableConcept": coded(lens.book, meaning, words)}


def signer(lens: Lens, by: str) -> Json:
    """Who signed, by name or pseudonym."""
    return said(type="Practitioner", display=lens.mask.person(by))


def signature(lens: Lens, course: CourseFile, part: str, at: datetime, by: str) -> Json:
    """That it was signed, by whom and when."""
    who = signer(lens, by)
    return resource(
        "Provenance",
        lens.id(course.id, f"{part}:signature"),
        target=[reference("ClinicalImpression", lens.id(course.id, part))],
        recorded=lens.moment(at),
        activity={"text": "Signed"},
        agent=[{"type": {"coding": [{"system": ROLE, "code": "attester"}]}, "who": who}],
        signature=[{"type": [SIGNATURE], "when": lens.moment(at), "who": who}],
    )
