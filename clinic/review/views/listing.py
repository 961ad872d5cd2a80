"""This file is about what this room, which knows all the others, fills in the list of patients."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from flask import Flask, url_for

from clinic import patients
from clinic.core.acting import acting
from clinic.courses.rules import CourseStatus
from clinic.followups.rules import State
from clinic.patients.queries import infants_by_patient
from clinic.patients.rules import Cell, Pill
from clinic.protocols.rules import BLOOD_PRESSURE
from clinic.review.queries import listing
from clinic.review.queries.scores import score_cells
from clinic.review.rules.listing import Urgency, due_cell, stage_cell
from clinic.sessions.rules.results import Alert, Phase

Ids = Sequence[uuid.UUID]
Cells = Mapping[uuid.UUID, Cell]
MOST_FLAGS = 3
SIGNS = {BLOOD_PRESSURE: "BP", "heart_rate": "Heart rate", "spo2": "SpO₂", "moaas": "MOAA/S"}


def fill(app: Flask) -> None:
    """Columns, filters, order and where a row leads."""
    patients.add_column(app, "stage", 10, "Stage", stages)
    patients.add_column(app, "due", 20, "Next due", dues)
    patients.add_column(app, "scores", 30, "MADRS, last 6", scores)
    patients.add_column(app, "flags", 40, "Flags", flags)
    patients.add_column(app, "psychiatrist", 50, "Psychiatrist", psychiatrists)
    patients.add_filter(app, "here", 10, "In clinic now", here)
    patients.add_filter(app, "action", 20, "Needs action", needing_action)
    patients.add_filter(app, "overdue", 30, "Overdue", overdue)
    patients.add_filter(app, "evaluation", 40, "Evaluation", in_evaluation)
    patients.add_filter(app, "follow-up", 50, "Follow-up", in_follow_up)
    patients.add_filter(app, "review", 55, "To review", to_review)
    patients.add_filter(app, "finished", 60, "Finished", finished)
    patients.add_filter(app, "mine", 2000, "My patients", mine)
    patients.add_exclusion(app, finished)
    patients.order_by_urgency(app, listing.ranks)
    patients.open_rows_with(app, addresses)


def stages(ids: Ids) -> Cells:
    """The four-step bar."""
    known = listing.everybody()
    return {
        id_: stage_cell(listing.stage_of(known, known.newest[id_]))
        for id_ in ids
        if id_ in known.newest
    }


def dues(ids: Ids) -> Cells:
    """What is due next."""
    known, zone = listing.everybody(), acting().timezone
    return {id_: due_cell(listing.next_thing(known, id_), known.now, zone) for id_ in ids}


def scores(ids: Ids) -> Cells:
    """The last totals of MADRS."""
    return score_cells(listing.everybody(), ids)


def flags(ids: Ids) -> Cells:
    """Alerts and answers that wait for a person, and facts to know."""
    known, infants = listing.everybody(), infants_by_patient(ids)
    found = {}
    for id_ in ids:
        pills = [*flags_of(known, id_)]
        if any(infant.gets_her_milk for infant in infants.get(id_, [])):
            pills.append(Pill("Breastfeeding", "info", "baby-bottle"))
        if id_ in known.unreviewed:
            pills.append(Pill("Session to review", "info", "eye"))
        found[id_] = Cell(pills=tuple(pills[:MOST_FLAGS]))
    return found


def flags_of(known: listing.Everybody, patient_id: uuid.UUID) -> list[Pill]:
    """What waits for a person."""
    row, pills = known.running.get(patient_id), []
    if row is not None:
        pills += [
            Pill(alert_words(alert), "alert-soft", "alert-octagon") for alert in row.alerts[:1]
        ]
        if row.state.phase is Phase.ON_HOLD:
            pills.append(Pill("Dose on hold", "caution", "hand-stop"))
    if patient_id in known.asked:
        pills.append(Pill("Safety answer", "alert-soft", "alert-octagon"))
    if patient_id in known.called:
        pills.append(Pill("Response due", "alert-soft", "alert-octagon"))
    return pills


def alert_words(alert: Alert) -> str:
    """`BP outside limit`: the sign in short; the room has the whole."""
    return f"{SIGNS.get(alert.sign, alert.sign.replace('_', ' ').capitalize())} outside limit"


def psychiatrists(ids: Ids) -> Cells:
    """Who orders."""
    names = listing.names_for(listing.everybody(), ids)
    return {id_: Cell(words=name) for id_, name in names.items()}


def addresses(ids: Ids) -> Mapping[uuid.UUID, str]:
    """The course, where there is one."""
    newest = listing.everybody().newest
    return {id_: url_for("courses.show", course_id=newest[id_].id) for id_ in ids if id_ in newest}


def here() -> Collection[uuid.UUID]:
    """Who is in a session that runs."""
    return set(listing.everybody().running)


def needing_action() -> Collection[uuid.UUID]:
    """Whose alert or answer waits for a person."""
    urgent = (Urgency.ALERT, Urgency.RESPONSE)
    return {id_ for id_, (urgency, _) in listing.ranks().items() if urgency in urgent}


def overdue() -> Collection[uuid.UUID]:
    """Of whom something is overdue."""
    known = listing.everybody()
    return {
        id_
        for id_, course in known.active.items()
        if any(due.state is State.OVERDUE for due in known.follow_ups.get(course.id, []))
        or (id_ in known.running and known.running[id_].overdue)
    }


def in_step(step: int) -> Collection[uuid.UUID]:
    """Whose course stands at a step."""
    known = listing.everybody()
    return {id_ for id_, c in known.active.items() if listing.stage_of(known, c).step == step}


def in_evaluation() -> Collection[uuid.UUID]:
    """Who has no dose and no session yet."""
    return in_step(1)


def in_follow_up() -> Collection[uuid.UUID]:
    """Whose sessions are over."""
    return in_step(3)


def to_review() -> Collection[uuid.UUID]:
    """Of whom a signed session waits for its review; of courses that are over, too."""
    return listing.everybody().unreviewed


def finished() -> Collection[uuid.UUID]:
    """Whose newest course is over."""
    newest = listing.everybody().newest
    return {id_ for id_, course in newest.items() if course.status is not CourseStatus.ACTIVE}


def mine() -> Collection[uuid.UUID]:
    """Whose psychiatrist looks at the list."""
    known = listing.everybody()
    hers = listing.psychiatrists(known, list(known.active))
    return {id_ for id_, person in hers.items() if person == acting().actor_id}
