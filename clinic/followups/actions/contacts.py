"""This file is about writing down a contact, correcting it, and answering its concerns."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.core.formatting import at_moment
from clinic.core.signatures import Proof, sign
from clinic.courses.queries import course_or_raise, protocol_of
from clinic.followups import queries
from clinic.followups.actions.planning import written
from clinic.followups.models import Contact
from clinic.followups.rules import (
    Concern,
    ContactFacts,
    Due,
    How,
    Reached,
    State,
    Status,
    answer_faults,
    concerns,
    time_faults,
)
from clinic.instruments.actions import record_response
from clinic.instruments.models import Way
from clinic.instruments.rules import Answers as ScreenAnswers
from clinic.instruments.rules import MomentCode
from clinic.patients.models import Patient

MEANING = "This is what she said, as I heard it"
NOT_HERS = "This is not the date in her record. Ask for name and number once more."


def record_contact(
    course_id: uuid.UUID,
    due: Due,
    facts: ContactFacts,
    *,
    born_on: date | None = None,
    proof: Proof | None = None,
    screen: ScreenAnswers | None = None,
) -> Contact:
    """Write down a contact for a follow-up; reached and settled, the follow-up is done.

    `born_on`: her date of birth as she said it (definitions D8.2). `proof`: what she said is signed
    with it; only a try in which she was not reached needs none. `screen`: answers to the suicide
    screener that were given in it. Raises Unprocessable, naming the
    field: `born_on`, `contacted_at`, `next_try_at`, `next_step`, `told`, `screen_reason`, `q_...`.
    """
    refuse_stranger(course_id, facts, born_on)
    row = checked(course_id, due, facts, screen)
    if screen and facts.was_reached:
        write_screen(course_id, due, facts, screen)
    db.session.add(row)
    if facts.settles and due.state is not State.DONE:
        settle(course_id, due, facts)
    db.session.flush()
    sign_contact(row, proof)
    return row


def write_screen(
    course_id: uuid.UUID, due: Due, facts: ContactFacts, answers: ScreenAnswers
) -> None:
    """Write down the suicide screener of a contact, unless it was answered already."""
    asked = queries.open_screen(course_id, due, clock.now())
    if asked is None:
        return
    record_response(
        course_id,
        asked.code,
        answers,
        form_code=asked.form.code,
        moment=MomentCode(due.code),
        answered_at=facts.contacted_at,
        way=Way(facts.how.value),
        session_id=due.session_id,
    )


def sign_contact(row: Contact, proof: Proof | None) -> None:
    """Sign what she said; a correction is signed as a further version of the same document."""
    if row.reached is not Reached.YES:
        return
    if proof is None:
        raise Unprocessable({"password": ["Enter your password to sign."]})
    first = row
    while first.corrects_id is not None:
        first = queries.contact_or_raise(first.corrects_id)
    content = {
        "follow_up": row.code,
        "contacted_at": row.contacted_at.isoformat(),
        "how": str(row.how),
        "answers": row.said().as_tree(),
        "next_step": str(row.next_step),
        "note": row.note,
    }
    sign(
        "contact",
        first.id,
        content,
        patient_id=row.patient_id,
        meaning=MEANING,
        proof=proof,
        reason=row.reason,
    )


def correct_contact(
    contact_id: uuid.UUID, facts: ContactFacts, *, reason: str, proof: Proof | None = None
) -> Contact:
    """Write a corrected version beside a contact. Who answered cannot be changed by it.

    Raises like `record_contact`, and Conflict when it was corrected meanwhile.
    """
    row = queries.contact_or_raise(contact_id)
    if queries.version_in_force(row).id != row.id:
        raise Conflict("Somebody corrected this contact meanwhile. Look at it first.")
    if row.how is How.LINK:
        raise Conflict("What she told on her own form stays as she told it. Write a contact.")
    if facts.reached is not row.reached:
        raise Unprocessable({"reached": ["Who answered stays. Write another contact."]})
    due = queries.due_of(row, clock.now())
    corrected = checked(row.course_id, due, facts)
    corrected.corrects_id, corrected.reason = row.id, reason
    db.session.add(corrected)
    if facts.settles:
        settle(row.course_id, due, facts)
    db.session.flush()
    sign_contact(corrected, proof)
    return corrected


def settle(course_id: uuid.UUID, due: Due, facts: ContactFacts) -> None:
    """The follow-up is done."""
    says = {"status": Status.DONE, "moved_to_at": None, "decided_at": facts.contacted_at}
    written(course_id, due, says)


def refuse_stranger(course_id: uuid.UUID, facts: ContactFacts, born_on: date | None) -> None:
    """Who says she is reached gives her date of birth. Raises Unprocessable."""
    if facts.reached is not Reached.YES:
        return
    patient = db.session.get_one(Patient, course_or_raise(course_id).patient_id)
    if patient.born_on != born_on:
        raise Unprocessable({"born_on": [NOT_HERS]})


def checked(
    course_id: uuid.UUID, due: Due, facts: ContactFacts, answers: ScreenAnswers | None = None
) -> Contact:
    """The row of a contact, once nothing is wrong with it. Raises Unprocessable.

    `answers`: the suicide screener, not written yet; a refused page still asks what it asked.
    """
    found = concerns(facts.answers, queries.terms_of(protocol_of(course_id)))
    faults = [(name, sentence(code, due)) for name, code in time_faults(facts, due, clock.now())]
    if facts.was_reached:
        asked = [question.code for question in queries.questions_of(course_id)]
        screen = queries.screen_as_answered(course_id, due, clock.now(), answers)
        faults += answer_faults(facts, asked, found, screen)
    refuse(faults)
    return as_row(course_id, due, facts, found if facts.was_reached else [])


def refuse(faults: Iterable[tuple[str, str]]) -> None:
    """Raise Unprocessable when there is any fault."""
    fields: dict[str, list[str]] = defaultdict(list)
    for name, words in faults:
        fields[name].append(words)
    if fields:
        raise Unprocessable(dict(fields))


def sentence(fault: str, due: Due) -> str:
    """A fault of time in words."""
    opens, ends = at_moment(due.opens_at), at_moment(due.closes_at)
    return {
        "future": "That time is in the future. Enter when it was.",
        "before-dose": f"Enter a time after the dose, {at_moment(due.dose.t0)}.",
        "too-early": f"It opens {opens}. Choose call again, or move it there with the reason.",
        "no-try": f"Enter when it is tried again, at the latest {ends}.",
        "past-try": "Enter a time after this contact.",
        "late-try": f"The window ends {ends}. Enter an earlier time, or move the follow-up.",
    }[fault]


def as_row(course_id: uuid.UUID, due: Due, facts: ContactFacts, found: list[Concern]) -> Contact:
    """The row of a contact, not yet written."""
    now, minutes = clock.now(), protocol_of(course_id).contact.answer_minutes
    reached = facts.was_reached
    answers = json.dumps(facts.answers.as_tree(), sort_keys=True) if reached else None
    return Contact(
        patient_id=course_or_raise(course_id).patient_id,
        course_id=course_id,
        session_id=due.session_id,
        code=due.code,
        due_at=due.due_at,
        contacted_at=facts.contacted_at,
        how=facts.how,
        reached=facts.reached,
        answers=answers,
        next_step=facts.next_step if reached else None,
        next_try_at=None if facts.settles else facts.next_try_at,
        note=facts.note,
        concerned=bool(found),
        answer_by_at=now + timedelta(minutes=minutes) if found else None,
        author_id=acting().actor_id,
        recorded_at=now,
    )
