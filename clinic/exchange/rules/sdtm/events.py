"""This file is about what happened: SV, EX, AE and CM."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from clinic.exchange.rules.fhir.doses import infusion_start, root_of, text
from clinic.exchange.rules.fhir.effects import effect_id, words
from clinic.exchange.rules.sdtm.domain import Row
from clinic.exchange.rules.sdtm.subject import Subject, Visit
from clinic.exchange.rules.visits import began_at
from clinic.reports.rules import SessionRecord
from clinic.reports.rules.columns.effects import Effect
from clinic.reports.rules.columns.effects import rows as effects_of
from clinic.reports.rules.record import entries
from clinic.sessions.rules.log import Intervention, InterventionCategory, Outcome
from clinic.sessions.rules.results import DeviceGiven

FORMS = {"racemic": "KETAMINE", "esketamine": "ESKETAMINE"}


def visits(subject: Subject) -> Iterator[Row]:
    """SV: each session that was not only planned, then follow-ups and moments of scales."""
    for _, session in subject.sessions():
        yield {
            "SVREFID": subject.lens.id(session.id),
            "SVOCCUR": "N" if session.status == "cancelled" else "Y",
            **subject.visits[session.id].values,
            **subject.timed("SVST", began_at(session)),
            **subject.timed("SVEN", session.state.clock.left_at),
        }
    yield from (moment(subject, *pair) for pair in sorted(moments(subject).items(), key=at_first))


def at_first(pair: tuple[Visit, list[datetime]]) -> Decimal:
    """By the number of the visit."""
    return Decimal(pair[0].number)


def moments(subject: Subject) -> dict[Visit, list[datetime]]:
    """Visits that are no sessions -> when she was reached, or answered a scale, at each."""
    found: dict[Visit, list[datetime]] = {}
    sessions = set(subject.visits.values())
    for course in subject.dossier.courses:
        for contact in course.contacts:
            found.setdefault(subject.told_at[contact.id], []).append(contact.at)
        for use in course.scores:
            visit = subject.visit_of(course, use)
            if not use.withdrawn and visit not in sessions:
                found.setdefault(visit, []).append(use.answered_at)
    return found


def moment(subject: Subject, visit: Visit, answered: list[datetime]) -> Row:
    """One of them, from the first to the last moment."""
    return {
        "SVOCCUR": "Y",
        **visit.values,
        **subject.timed("SVST", min(answered)),
        **subject.timed("SVEN", max(answered)),
    }


def exposure(subject: Subject) -> Iterator[Row]:
    """EX: each piece, and the infusion; nothing of a session without a dose (D5.1)."""
    for _, session in subject.sessions():
        shared = drug(subject, session)
        for given in session.state.dose.devices:
            yield shared | piece(subject, given)
        if (start := infusion_start(session)) is not None:
            dose = session.state.dose
            over = not (dose.running or dose.paused)
            mg = dose.infused_mg if over else None
            unknown = "AMOUNT UNKNOWN" if over else "RUNNING"
            yield {
                **shared,
                "EXSPID": subject.lens.id(root_of(session, start)),
                "EXDOSE": mg,
                "EXDOSTXT": unknown if mg is None else None,
                **subject.timed("EXST", start.effective_at),
                **subject.timed("EXEN", dose.stopped_at),
            }


def drug(subject: Subject, session: SessionRecord) -> dict[str, object]:
    """What every record of a session has."""
    plan, book = session.plan, subject.lens.book
    form = book.named(f"sdtm:form:{plan.route.value}")
    return {
        "EXTRT": FORMS[plan.form.value],
        "EXDOSU": book.unit("dose"),
        "EXDOSFRM": form,
        "EXROUTE": plan.route.value.upper(),
        **subject.visits[session.id].values,
    }


def piece(subject: Subject, given: DeviceGiven) -> dict[str, object]:
    """One piece. Nothing delivered is 0 mg; of an amount that nobody knows there is no number."""
    nothing = given.outcome == Outcome.NONE
    return {
        "EXSPID": subject.lens.id(given.entry_id),
        "EXDOSE": given.mg,
        "EXDOSTXT": text(given).upper() if given.mg is None else None,
        "EXLOT": subject.lens.mask.text(given.lot),
        **subject.timed("EXST", given.at),
        **subject.timed("EXEN", given.at if given.out_at is None and not nothing else given.out_at),
    }


def adverse(subject: Subject) -> Iterator[Row]:
    """AE: side effects of sessions, and those told at a follow-up."""
    for _, session in subject.sessions():
        for effect in effects_of(session):
            yield adverse_event(subject, session, effect)


def adverse_event(subject: Subject, session: SessionRecord, effect: Effect) -> Row:
    """One side effect. MedDRA is licensed: AEDECOD stays empty."""
    seen, told = effect.seen, effect.told
    visit = subject.told_at.get(told.contact_id) if told else subject.visits[session.id]
    return {
        "AESPID": effect_id(subject.lens, effect),
        "AETERM": words(subject.lens, effect),
        "AECAT": effect.source.upper(),
        "AESEV": effect.severity.value.upper() if effect.severity else None,
        "AESER": None if seen is None else "Y" if seen.serious else "N",
        "AEOUT": outcome(effect),
        **(visit.values if visit else {}),
        **subject.timed("AE", told.at if told else None),
        **subject.timed("AEST", seen.onset_at if seen else None),
        **subject.timed("AEEN", seen.resolved_at if seen else None),
    }


def outcome(effect: Effect) -> str:
    """Whether it is over; of a told one nobody asked."""
    if effect.seen is None:
        return "UNKNOWN"
    over = effect.seen.resolved_at is not None
    return "RECOVERED/RESOLVED" if over else "NOT RECOVERED/NOT RESOLVED"


def medicines(subject: Subject) -> Iterator[Row]:
    """CM: medicines beside the drug, then what was given in sessions."""
    for course in subject.dossier.courses:
        for one in course.medicines:
            ends = "UNKNOWN" if one.stop_unclear else None if one.stopped_on else "ONGOING"
            yield {
                "CMSPID": subject.lens.id(one.id),
                "CMTRT": subject.lens.mask.text(one.drug),
                "CMCAT": "OTHER TREATMENT",
                "CMCLAS": one.drug_class.upper(),
                "CMDOSTXT": subject.lens.mask.text(one.dose),
                "CMENRF": ends,
                **subject.dated("CMST", one.started_on),
                **subject.dated("CMEN", one.stopped_on),
            }
    for _, session in subject.sessions():
        yield from in_session(subject, session)


def in_session(subject: Subject, session: SessionRecord) -> Iterator[Row]:
    """The medicines that she was given while she was there."""
    for row in entries(session, Intervention):
        now, mask = row.stands, subject.lens.mask
        if now is None or now.category is not InterventionCategory.MEDICINE:
            continue
        yield {
            "CMSPID": subject.lens.id(row.line.root_id),
            "CMTRT": mask.text(now.drug or now.text),
            "CMCAT": "GIVEN IN SESSION",
            "CMDOSTXT": mask.text(now.dose),
            "CMROUTE": (mask.text(now.route) or "").upper() or None,
            **subject.visits[session.id].values,
            **subject.timed("CMST", row.taken_at),
            **subject.timed("CMEN", row.taken_at),
        }
