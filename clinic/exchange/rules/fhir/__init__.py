"""This package is about FHIR R4: what one woman's record is in the words of other systems."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial

from clinic.exchange.rules.dossier import CourseFile, Dossier
from clinic.exchange.rules.fhir.answers import answer_resources, questionnaire
from clinic.exchange.rules.fhir.bundle import bundle
from clinic.exchange.rules.fhir.courses import course_resources
from clinic.exchange.rules.fhir.doses import administrations
from clinic.exchange.rules.fhir.effects import adverse_events
from clinic.exchange.rules.fhir.judgements import judgements
from clinic.exchange.rules.fhir.people import infant_observations, people
from clinic.exchange.rules.fhir.plan import medicine_resources, plan_resources
from clinic.exchange.rules.fhir.provenance import (
    plan_provenance,
    session_provenance,
    use_provenance,
)
from clinic.exchange.rules.fhir.readings import readings
from clinic.exchange.rules.fhir.sessions import contact_encounter, encounter
from clinic.exchange.rules.fhir.values import Json
from clinic.exchange.rules.lens import Lens
from clinic.reports.rules import SessionRecord

__all__ = ["EVERYTHING", "Json", "bundle", "questionnaires", "resources"]

Part = Callable[[Lens, SessionRecord], Iterator[Json]]
SESSION_PARTS: dict[str, Part] = {
    "observations": readings,
    "doses": administrations,
    "side-effects": adverse_events,
}
AMENDMENTS = "amendments"
EVERYTHING = (*SESSION_PARTS, AMENDMENTS)


def resources(lens: Lens, dossier: Dossier, what: Collection[str] = EVERYTHING) -> Iterator[Json]:
    """Everything of one woman, what others refer to first. `what`: the parts of sessions."""
    yield from people(lens, dossier)
    yield from infant_observations(lens, dossier)
    for course in dossier.courses:
        yield from of_course(lens, dossier, course, what)


def of_course(
    lens: Lens, dossier: Dossier, course: CourseFile, what: Collection[str]
) -> Iterator[Json]:
    """Everything of one course."""
    yield from course_resources(lens, dossier, course)
    yield from judgements(lens, dossier, course)
    told = partial(adverse_events, contacts={contact.id for contact in course.contacts})
    parts = [
        (SESSION_PARTS | {"side-effects": told})[code] for code in SESSION_PARTS if code in what
    ]
    yield from (contact_encounter(lens, dossier, course, one) for one in course.contacts)
    for session in course.sessions:
        shown = session if AMENDMENTS in what else replace(session, amendments=())
        yield from of_session(lens, shown, parts)
    yield from answer_resources(lens, dossier, course)
    yield from use_provenance(lens, course)
    yield from medicine_resources(lens, dossier, course)
    yield from plan_resources(lens, dossier, course)
    yield from plan_provenance(lens, course)


def of_session(lens: Lens, session: SessionRecord, parts: Iterable[Part]) -> Iterator[Json]:
    """The session and those parts of it that are wanted; who changed what comes last."""
    found = [encounter(lens, session), *(one for part in parts for one in part(lens, session))]
    yield from found
    present = frozenset(f"{one['resourceType']}/{one['id']}" for one in found)
    yield from session_provenance(lens, session, present)


def questionnaires(lens: Lens, dossier: Dossier) -> Iterator[Json]:
    """The scales that she was asked, each version once."""
    seen = set()
    for course in dossier.courses:
        for use in course.scores:
            if use.instrument.digest not in seen:
                seen.add(use.instrument.digest)
                yield questionnaire(lens, use)
