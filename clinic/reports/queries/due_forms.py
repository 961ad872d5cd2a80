"""This file is about forms that are due: of which sessions, filled from what, what is missing."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from clinic.accounts.models import User
from clinic.accounts.queries import own_clinic
from clinic.core import clock
from clinic.core.acting import acting
from clinic.core.db import db
from clinic.patients.models import Patient
from clinic.patients.queries import by_ids as patients_by_ids
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.queries import content_of
from clinic.protocols.rules import SessionPlan
from clinic.reports.models.obligations import FilledForm, FormSubmission, ObligationVersion
from clinic.reports.queries.obligations import (
    answers_of,
    filled_forms,
    form_of,
    forms_in_use,
    submissions_of,
    versions_of,
)
from clinic.reports.rules.obligations import (
    FormContent,
    FormStatus,
    FormSubject,
    Submitted,
    days_left,
    fill,
    form_status,
)
from clinic.reports.rules.outcomes import Form
from clinic.review.rules import CourseRecord
from clinic.sessions.models import LogEntry, SessionStatus, TreatmentSession
from clinic.sessions.queries import plan_of, state_of
from clinic.sessions.queries.state import last_dose_before

MOST = 50  # rows of one page


@dataclass(frozen=True)
class DueForm:
    """The form of one session, as it stands. `content`: as it would be filled now."""

    session: TreatmentSession
    patient: Patient
    plan: SessionPlan
    version: ObligationVersion
    content: FormContent
    treated_on: date
    due_on: date
    filled: FilledForm | None
    submissions: list[Submitted]
    today: date

    @property
    def status(self) -> FormStatus:
        """How it stands today."""
        return form_status(
            self.due_on, self.today, filled=self.filled is not None, submissions=self.submissions
        )

    @property
    def left(self) -> str:
        """How many days there are."""
        return days_left(self.due_on, self.today)


def due_form(session: TreatmentSession, *, anew: bool = False) -> DueForm | None:
    """The form of a session; None where no drug was given or the clinic fills none for it.

    Once filled, it is the version on which it was filled; anew: the one in force now.
    """
    filled = filled_forms([session.id]).get(session.id)
    version = version_for(session) if anew or not filled else None
    version = version or (pinned(filled) if filled else None)
    return made(session, version, filled) if version else None


def pinned(filled: FilledForm) -> ObligationVersion:
    """The version on which a form was filled."""
    return db.session.get_one(ObligationVersion, filled.version_id)


def version_for(session: TreatmentSession) -> ObligationVersion | None:
    """The form that the clinic fills for a session, by the name its protocol gives it."""
    report = plan_of(session).report
    return forms_in_use().get(report.name) if report else None


def made(
    session: TreatmentSession, version: ObligationVersion, filled: FilledForm | None
) -> DueForm | None:
    """The form with what it would hold now; None without a dose."""
    subject = subject_of(session)
    timing = subject.state.clock
    if timing.treatment_on is None or timing.report_due_on is None:
        return None
    answers = answers_of(session.id)
    return DueForm(
        session=session,
        patient=patients_by_ids({session.patient_id})[session.patient_id],
        plan=subject.plan,
        version=version,
        content=fill(form_of(version), subject, answers.said() if answers else {}),
        treated_on=timing.treatment_on,
        due_on=timing.report_due_on,
        filled=filled,
        submissions=submissions_of([session.id]).get(session.id, []),
        today=clock.today(),
    )


def subject_of(session: TreatmentSession) -> FormSubject:
    """What the form of a session is filled from."""
    patient = patients_by_ids({session.patient_id})[session.patient_id]
    nurse = db.session.get(User, session.responsible_id) if session.responsible_id else None
    house = own_clinic()
    return FormSubject(
        plan=plan_of(session),
        state=state_of(session, clock.now()),
        given_name=patient.given_name,
        family_name=patient.family_name,
        born_on=patient.born_on,
        earlier_doses=last_dose_before(session) is not None,
        nurse=nurse.full_name if nurse else None,
        nurse_email=nurse.email if nurse else None,
        clinic_name=house.name,
        clinic_phone=house.phone,
    )


def open_forms() -> tuple[list[DueForm], bool]:
    """The forms that somebody still has to fill, send or prove, the most urgent first; and whether
    there are more than one page shows."""
    sessions = [*waiting_sessions()]
    found = [one for one in map(due_form, sessions[:MOST]) if one is not None]
    still = [one for one in found if one.status.is_open]
    return sorted(still, key=lambda one: (one.due_on, one.session.planned_at)), len(sessions) > MOST


def waiting_sessions() -> Sequence[TreatmentSession]:
    """Sessions with a dose whose protocol asks for a form that is switched on, and for which no
    submission with its proof stands."""
    wanted = forms_in_use()
    asking = {
        version.id: report.days
        for version in db.session.scalars(select(ProtocolVersion))
        if (report := content_of(version).report) and report.name in wanted
    }
    if not asking:
        return []
    statement = select(TreatmentSession).where(
        TreatmentSession.protocol_version_id.in_(asking),
        TreatmentSession.status.not_in([SessionStatus.PLANNED, SessionStatus.CANCELLED]),
        TreatmentSession.planned_at >= not_before(wanted.values(), max(asking.values())),
        has_administration(),
        ~is_proved(),
    )
    ordered = statement.order_by(TreatmentSession.planned_at, TreatmentSession.id)
    return db.session.scalars(ordered.limit(MOST + 1)).all()


def not_before(forms: Iterable[ObligationVersion], days: int) -> datetime:
    """Sessions before this are none of the forms' business: their last day was over before the
    first of them was switched on."""
    first = min(versions_of(one.code)[-1].published_at for one in forms)
    day = first.astimezone(acting().timezone).date() - timedelta(days=days)
    return datetime.combine(day, time(), acting().timezone)


def forms_sent(record: CourseRecord) -> dict[uuid.UUID, Form]:
    """Session id -> when its form was due and first sent, of a course's sessions with a dose for
    which the clinic fills one; none whose last day was over before that was switched on."""
    begun = {name: versions_of(one.code)[-1].published_at for name, one in forms_in_use().items()}
    days = {name: at.astimezone(acting().timezone).date() for name, at in begun.items()}
    asked = {
        treated.id: due_on
        for treated, _ in record.treated
        if (due_on := treated.state.clock.report_due_on)
        and treated.plan.report
        and due_on >= days.get(treated.plan.report.name, date.max)
    }
    sent = submissions_of(asked) if asked else {}
    return {
        id_: Form(due_on, min((one.on for one in sent.get(id_, ())), default=None))
        for id_, due_on in asked.items()
    }


def has_administration() -> ColumnElement[bool]:
    """Something of a dose stands in the log."""
    return exists().where(
        LogEntry.session_id == TreatmentSession.id, LogEntry.kind == "administration"
    )


def is_proved() -> ColumnElement[bool]:
    """A submission with a proof stands."""
    back = aliased(FormSubmission)
    taken_back = exists().where(back.takes_back_id == FormSubmission.id)
    return exists().where(
        FormSubmission.session_id == TreatmentSession.id,
        FormSubmission.file_digest.is_not(None),
        FormSubmission.takes_back_id.is_(None),
        ~taken_back,
    )


@dataclass(frozen=True)
class SentForm:
    """A form that was sent with its proof."""

    session: TreatmentSession
    patient: Patient
    form: FilledForm
    submissions: list[Submitted]

    @property
    def status(self) -> FormStatus:
        """In time, or late."""
        last = self.submissions[-1].on
        return form_status(self.form.due_on, last, filled=True, submissions=self.submissions)


def sent_forms() -> list[SentForm]:
    """Those that are done, the newest first, as many as a page shows."""
    done = select(TreatmentSession).where(is_proved())
    newest = done.order_by(TreatmentSession.planned_at.desc(), TreatmentSession.id.desc())
    sessions = db.session.scalars(newest.limit(MOST)).all()
    ids = [session.id for session in sessions]
    forms, submissions = filled_forms(ids), submissions_of(ids)
    patients = patients_by_ids({session.patient_id for session in sessions})
    return [
        SentForm(session, patients[session.patient_id], forms[session.id], submissions[session.id])
        for session in sessions
    ]
