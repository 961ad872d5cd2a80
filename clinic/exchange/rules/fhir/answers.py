"""This file is about QuestionnaireResponse: the answers to a scale, and what they come to."""

from collections.abc import Iterator

from clinic.exchange.rules.dossier import CourseFile, Dossier
from clinic.exchange.rules.fhir.values import (
    TERMINOLOGY,
    Json,
    absent,
    coded,
    concept,
    identified,
    missing,
    quantity,
    reference,
    resource,
    said,
)
from clinic.exchange.rules.lens import Lens
from clinic.instruments.rules import Instrument
from clinic.instruments.rules.answers import NoScore
from clinic.instruments.rules.codes import AnswersAre
from clinic.instruments.rules.parts import Item
from clinic.reports.rules import ScoreExport

WHY = {NoScore.NOT_APPLICABLE: "not-applicable", NoScore.NOT_ASSESSED: "not-performed"}


def answer_resources(lens: Lens, dossier: Dossier, course: CourseFile) -> Iterator[Json]:
    """Each use of a scale, then its total or level, where the scale has one."""
    for use in course.scores:
        yield questionnaire_response(lens, dossier, use)
        if use.instrument.has_total or use.triage is not None:
            yield result(lens, dossier, use)


def canonical(lens: Lens, use: ScoreExport) -> str:
    """The address of a scale as it was used."""
    scale = use.instrument
    return f"{lens.book.systems['own']}/Questionnaire/{scale.code}|{scale.version}"


def status(use: ScoreExport, changed: str) -> str:
    """How a use stands."""
    if use.withdrawn:
        return "entered-in-error"
    return changed if use.corrected else "completed" if changed == "amended" else "final"


def questionnaire_response(lens: Lens, dossier: Dossier, use: ScoreExport) -> Json:
    """The answers. One that was withdrawn keeps its row and loses its answers."""
    items = [] if use.withdrawn else [item(lens, use, one) for one in use.instrument.items]
    return resource(
        "QuestionnaireResponse",
        lens.id(use.id),
        identifier=identified(lens.book, "use", lens.id(use.id))[0],
        questionnaire=canonical(lens, use),
        status=status(use, "amended"),
        subject=reference("Patient", lens.id(dossier.person.id)),
        encounter=asked_in(lens, use),
        authored=lens.moment(use.answered_at),
        author={"type": "Practitioner", "display": lens.mask.person(use.author)},
        source=reference("Patient", lens.id(dossier.person.id))
        if use.answered_by == "patient"
        else None,
        language=use.language or None,
        item=[one for one in items if one],
    )


def asked_in(lens: Lens, use: ScoreExport) -> Json | None:
    """The session in which it was asked; None outside of one."""
    return reference("Encounter", lens.id(use.session_id)) if use.session_id else None


def item(lens: Lens, use: ScoreExport, one: Item) -> Json | None:
    """One item by its number; its wording only where its owner lets everybody show it.

    An item that was skipped stands there without an answer; one that was not asked does not.
    """
    score = use.triage or use.score
    answer = use.answers.get(one.number)
    if answer is None and one.number in score.not_asked:
        return None
    text = one.text if use.instrument.text_reproducible else None
    if isinstance(answer, NoScore):
        return said(linkId=one.number, text=text, extension=absent(WHY[answer]))
    if answer is None:
        return said(linkId=one.number, text=text)
    return said(linkId=one.number, text=text, answer=[value(use.instrument, answer)])


def value(scale: Instrument, answer: int) -> Json:
    """A final score, or yes and no."""
    if scale.answers_are is AnswersAre.YES_NO:
        return {"valueBoolean": answer == 1}
    return {"valueInteger": answer}


def result(lens: Lens, dossier: Dossier, use: ScoreExport) -> Json:
    """The total, or the level of a screener; with an item missing there is none (D7.4)."""
    scale, part = use.instrument, "level" if use.triage else "total"
    return resource(
        "Observation",
        lens.id(use.id, "result"),
        status=status(use, "corrected"),
        category=[concept(f"{TERMINOLOGY}observation-category", "survey")],
        code=coded(lens.book, f"scale:{scale.code}:{part}", f"{scale.called(use.form)}, {part}"),
        subject=reference("Patient", lens.id(dossier.person.id)),
        encounter=asked_in(lens, use),
        effectiveDateTime=lens.moment(use.answered_at),
        issued=lens.moment(use.recorded_at),
        derivedFrom=[reference("QuestionnaireResponse", lens.id(use.id))],
        **outcome(lens, use),
    )


def outcome(lens: Lens, use: ScoreExport) -> Json:
    """The value of a result, or why there is none."""
    if use.withdrawn:
        return {"dataAbsentReason": missing(lens.book, "error", "entered-in-error", None)}
    if use.triage is not None and use.triage.level is not None:
        return {"valueCodeableConcept": coded(lens.book, f"triage:{use.triage.level.value}")}
    if use.triage is None and use.score.total is not None:
        return {"valueQuantity": quantity(lens.book, "score", use.score.total)}
    why = use.score.why_no_total.value if use.score.why_no_total else "items-missing"
    return {"dataAbsentReason": missing(lens.book, "unknown", why, None)}


def questionnaire(lens: Lens, use: ScoreExport) -> Json:
    """The scale: its items by number with their codes, never a wording that may not be shown."""
    scale = use.instrument
    return resource(
        "Questionnaire",
        f"{scale.code}-{scale.digest[:12]}".replace("_", "-"),
        url=canonical(lens, use).partition("|")[0],
        version=scale.version,
        name=scale.code,
        title=scale.title,
        status="active",
        code=coded(lens.book, f"scale:{scale.code}:panel")["coding"],
        item=[asked(lens, scale, one) for one in scale.items],
    )


def asked(lens: Lens, scale: Instrument, one: Item) -> Json:
    """One item of a scale."""
    return said(
        linkId=one.number,
        code=coded(lens.book, f"scale:{scale.code}:item:{one.number}")["coding"],
        text=one.text if scale.text_reproducible else None,
        type="boolean" if scale.answers_are is AnswersAre.YES_NO else "integer",
    )
