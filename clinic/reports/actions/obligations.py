"""This file is about obligations: switched on and off, typed, filled, sent, proved."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.instruments.actions.files import type_of
from clinic.notation.rules.canonical import digest
from clinic.reports.library.obligations import CLOCKS, library_clocks, library_forms
from clinic.reports.models.obligations import (
    FilledForm,
    FormAnswers,
    FormSubmission,
    ObligationVersion,
)
from clinic.reports.queries import due_forms, obligations
from clinic.reports.rules.obligations import SentBy
from clinic.sessions.models import TreatmentSession

LARGEST_PROOF = 5 * 1024 * 1024
NOT_SIGNED = "Sign the session first: the form is filled from the signed log."


@dataclass(frozen=True)
class Proof:
    """A file as it was sent."""

    name: str
    content: bytes


def switch_form(
    code: str,
    *,
    on: bool,
    labels: Mapping[str, str | None],
    values: Mapping[str, str | None],
) -> ObligationVersion:
    """Fill a form from now on, with the labels and values of the clinic; or fill it no more.

    Raises Unprocessable for a code that no form has, Conflict when nothing would change.
    """
    shipped = library_forms().get(code)
    if shipped is None:
        raise Unprocessable({"code": [f"There is no form {code}."]})
    form = shipped.with_words(labels, values)
    return publish(code, form.title, form.to_json(), in_use=on)


def set_clocks(applies: Mapping[str, bool], days: Mapping[str, int | None]) -> ObligationVersion:
    """Say which clocks of serious events apply here, and within how many days.

    Raises Conflict when nothing would change.
    """
    clocks = library_clocks().with_choice(applies, days)
    in_use = any(one.applies for one in clocks.clocks)
    return publish(CLOCKS, clocks.title, clocks.to_json(), in_use=in_use)


def publish(code: str, title: str, body: str, *, in_use: bool) -> ObligationVersion:
    """The next version under a code."""
    newest = obligations.newest_version(code)
    if newest and newest.digest == digest(body) and newest.in_use is in_use:
        raise Conflict(f"Version {newest.n} of {title} says the same already.")
    version = ObligationVersion(
        code=code,
        n=newest.n + 1 if newest else 1,
        title=title,
        in_use=in_use,
        body=body,
        digest=digest(body),
        published_by_id=acting().actor_id,
        published_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    return version


def keep_answers(session: TreatmentSession, typed: Mapping[str, str]) -> FormAnswers | None:
    """Keep what was typed for the form of a session; None when it is what was typed before."""
    before = obligations.answers_of(session.id)
    said = {code: words for code, words in typed.items() if words}
    if said == (before.said() if before else {}):
        return None
    answers = FormAnswers(
        session_id=session.id,
        patient_id=session.patient_id,
        body=json.dumps(said, sort_keys=True, ensure_ascii=False),
        author_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(answers)
    db.session.flush()
    return answers


def fill_form(session: TreatmentSession, *, gaps_because: str = "") -> FilledForm:
    """Fill the form of a signed session from its log and from what was typed, for ever.

    Raises Conflict before the signature, or when the clinic fills none for it; Unprocessable (field
    `gaps_because`) when something is missing and nobody says why.
    """
    if session.locked_at is None:
        raise Conflict(NOT_SIGNED)
    due = due_forms.due_form(session, anew=True)
    if due is None:
        raise Conflict("No form is asked for this session.")
    missing = [*due.content.missing, *due.content.waiting]
    if missing and not gaps_because.strip():
        names = "; ".join(one.field.name for one in missing)
        raise Unprocessable({"gaps_because": [f"Missing: {names}. Say why they stay empty."]})
    body = json.dumps(due.content.as_written(), sort_keys=True, ensure_ascii=False)
    form = FilledForm(
        session_id=session.id,
        patient_id=session.patient_id,
        version_id=due.version.id,
        n=due.filled.n + 1 if due.filled else 1,
        treated_on=due.treated_on,
        due_on=due.due_on,
        body=body,
        digest=digest(body),
        gaps_because=gaps_because.strip() or None if missing else None,
        filled_by_id=acting().actor_id,
        filled_at=clock.now(),
    )
    db.session.add(form)
    db.session.flush()
    return form


def record_submission(
    session: TreatmentSession,
    *,
    by: SentBy,
    on: date,
    reference: str = "",
    proof: Proof | None = None,
) -> FormSubmission:
    """Write down that the form went out, with the proof of it, or without for now.

    Raises Conflict while the form is not filled; Unprocessable (fields `sent_on`, `proof`).
    """
    form = obligations.filled_forms([session.id]).get(session.id)
    if form is None:
        raise Conflict("Fill the form first; what was sent is the filled form.")
    faults = faults_of(on, form.treated_on, proof)
    if faults:
        raise Unprocessable(faults)
    row = FormSubmission(
        session_id=session.id,
        patient_id=session.patient_id,
        form_id=form.id,
        sent_by=by,
        sent_on=on,
        reference=reference,
        author_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    if proof is not None:
        attach(row, proof)
    db.session.add(row)
    db.session.flush()
    return row


def faults_of(on: date, treated_on: date, proof: Proof | None) -> dict[str, list[str]]:
    """What is wrong with a submission, by field."""
    faults: dict[str, list[str]] = {}
    if not treated_on <= on <= clock.today():
        faults["sent_on"] = ["Enter a day from the treatment to today."]
    if proof is not None and len(proof.content) > LARGEST_PROOF:
        faults["proof"] = ["The file is larger than 5 MB."]
    elif proof is not None and type_of(proof.content) is None:
        faults["proof"] = ["Choose a PDF, or a picture (PNG, JPEG)."]
    return faults


def attach(row: FormSubmission, proof: Proof) -> None:
    """The file with its checksum."""
    row.content, row.file_name = proof.content, proof.name[:200]
    row.file_type, row.file_size = type_of(proof.content), len(proof.content)
    row.file_digest = hashlib.sha256(proof.content).hexdigest()


def take_back_submission(
    session: TreatmentSession, submission_id: uuid.UUID, *, reason: str
) -> FormSubmission:
    """Write down that a submission was entered in error. Raises Conflict when it does not stand."""
    standing = obligations.submissions_of([session.id]).get(session.id, [])
    found = next((one for one in standing if one.id == submission_id), None)
    if found is None:
        raise Conflict("This submission was taken back already.")
    row = FormSubmission(
        session_id=session.id,
        patient_id=session.patient_id,
        form_id=found.form_id,
        sent_by=found.by,
        sent_on=found.on,
        takes_back_id=submission_id,
        reason=reason,
        author_id=acting().actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row
