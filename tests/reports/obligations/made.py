"""This file is about a made form: of a session of 12 March 2026, and one that was sent."""

import json
import uuid
from datetime import date
from typing import Any

from clinic.core import clock
from clinic.notation.rules.canonical import digest
from clinic.reports.actions.obligations import switch_form
from clinic.reports.library.obligations import library_forms
from clinic.reports.models import FilledForm, FormSubmission
from clinic.reports.queries.due_forms import due_form
from clinic.reports.rules.obligations import FormContent, FormSubject, SentBy, fill
from clinic.sessions.models import TreatmentSession
from clinic.sessions.rules import log
from tests.factories import kept
from tests.reports.made import CALM, common, left, nasal, reading, record, spray

FORM = "rems-patient-monitoring"
TEMPLATE = library_forms()[FORM]
PDF = b"%PDF-1.4\nA confirmation.\n"
ITEMS = ("benzodiazepine", "hypnotic", "psychostimulant", "maoi", "opioid")
LOT = {"lot": "25K118", "device_number": 1}


def asked(n: int, item: str, answer: str = "no") -> log.Check:
    """An item before the dose, answered."""
    return log.Check(**common(n, -20), item=item, answer=log.Answer(answer))


def whole_session() -> list[log.Entry]:
    """Asked, dosed twice, measured in every slot; she left after 127 min."""
    slots = [slot for slot in nasal().schedule.slots if slot > 0]
    readings = [
        reading(20 + n, minute, {"blood_pressure": (120 + n, 78), **CALM})
        for n, minute in enumerate(slots)
    ]
    items = [asked(50 + n, f"medicine-{item}") for n, item in enumerate(ITEMS)]
    before = reading(1, -10, {"blood_pressure": (118, 76), **CALM})
    ready = log.Transition(
        **common(80, 126), event=log.TransitionEvent.WOULD_HAVE_BEEN_READY, minutes=105
    )
    sprays = [spray(2, 0, **LOT), spray(3, 5, lot="25K119", device_number=2)]
    return [*items, before, *sprays, *readings, ready, left(90, 127)]


def subject(*entries: log.Entry, minute: int = 200, **given: Any) -> FormSubject:
    """What the form of these entries is filled from."""
    made = record(*entries, minute=minute)
    values = {
        "plan": made.plan,
        "state": made.state,
        "given_name": "Maya",
        "family_name": "Osei",
        "born_on": date(1994, 5, 2),
        "earlier_doses": False,
        "nurse": "Aiko Kimura",
        "nurse_email": "aiko@clinic.example",
        "clinic_name": "Harbour Clinic",
        "clinic_phone": None,
    }
    return FormSubject(**values | given)


def form_of(*entries: log.Entry, typed: dict[str, str] | None = None, **given: Any) -> FormContent:
    """The shipped form of these entries."""
    return fill(TEMPLATE, subject(*entries, **given), typed or {})


def values(content: FormContent) -> dict[str, str | None]:
    """Field -> what stands in it."""
    return {one.field.code: one.value for one in content.fields}


def missing(content: FormContent) -> dict[str, str]:
    """Field -> why it is missing."""
    return {one.field.code: one.why for one in content.missing}


def sent_form(session: TreatmentSession, word: str) -> uuid.UUID:
    """A form of a session that was filled and sent; every word a person can type is the same."""
    fields = [*TEMPLATE.of_the_clinic, *TEMPLATE.without_label]
    words: dict[str, str | None] = dict.fromkeys([one.code for one in fields], word)
    version = switch_form(FORM, on=True, labels=words, values=words)
    due = due_form(session)
    assert due is not None
    body = json.dumps(due.content.as_written())
    common = {"session_id": session.id, "patient_id": session.patient_id}
    form = FilledForm(
        **common,
        version_id=version.id,
        n=1,
        treated_on=due.treated_on,
        due_on=due.due_on,
        body=body,
        digest=digest(body),
        gaps_because=word,
        filled_by_id=session.ordered_by_id,
        filled_at=clock.now(),
    )
    submission = FormSubmission(
        **common,
        form_id=kept(form).id,
        sent_by=SentBy.FAX,
        sent_on=due.treated_on,
        reference=word,
        file_name="proof.pdf",
        file_type="application/pdf",
        file_size=len(PDF),
        file_digest=digest(PDF.decode()),
        content=PDF,
        author_id=session.ordered_by_id,
        recorded_at=clock.now(),
    )
    return kept(submission).id
