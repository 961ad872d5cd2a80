"""This file is about loading one woman after the other, with what an order asks for of her."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import exists, or_, select

from clinic.accounts.queries import names_of, own_clinic
from clinic.core.acting import acting
from clinic.core.db import db, end_reading
from clinic.courses.models import Course
from clinic.courses.queries import medications_of
from clinic.exchange.queries.asked import Found, asks_for, found_of
from clinic.exchange.queries.babies import babies_of
from clinic.exchange.queries.plans import plan_of
from clinic.exchange.rules.dossier import CourseFile, Dossier, Medicine, Person, Plan
from clinic.patients.models import Patient
from clinic.protocols.queries import by_ids as versions_by_ids
from clinic.protocols.queries import content_of
from clinic.reports.queries.course_parts import answered_in, exports, filters, opened_in
from clinic.reports.queries.masked_order import shuffled
from clinic.reports.queries.sessions_in import may_belong
from clinic.reports.queries.source import Source
from clinic.reports.rules import CourseExport
from clinic.reports.rules.masks import Mask
from clinic.review.queries import decided
from clinic.sessions.models import TreatmentSession
from clinic.sessions.queries import doses_of_courses


def patient_ids(source: Source, mask: Mask) -> list[uuid.UUID]:
    """Whom an order is about. De-identified, their order tells nothing."""
    wanted, period = source.wanted, source.order.period
    treated = exists().where(TreatmentSession.patient_id == Patient.id, *may_belong(period, wanted))
    hers = Course.patient_id == Patient.id
    asked = or_(opened_in(period), answered_in(period))
    about = or_(treated, exists().where(hers, asked, *filters(wanted)))
    if source.order.course_id is not None:
        about = or_(exists().where(hers, Course.id == source.order.course_id))
    found = list(db.session.scalars(select(Patient.id).where(about).order_by(Patient.id)))
    end_reading()
    if mask.is_plain:
        return found
    among = set(found)
    return [one for one in shuffled(mask) if one in among]


def dossiers(source: Source, ids: Sequence[uuid.UUID]) -> Iterator[Dossier]:
    """Each woman with what is asked for; nothing is held between two of them."""
    for patient_id in ids:
        found = dossier(source, patient_id)
        end_reading()
        yield found


def dossier(source: Source, patient_id: uuid.UUID) -> Dossier:
    """One woman."""
    found = found_of(source, patient_id)
    patient = db.session.get_one(Patient, patient_id)
    all_hers = courses_of(patient_id)
    doses = doses_of_courses(course.id for course in all_hers)
    wanted = courses_asked_for(source, all_hers, found)
    files = [
        course_file(source, n, course, found)
        for n, course in enumerate(all_hers, 1)
        if course.id in wanted
    ]
    infants = tuple(babies_of(patient_id))
    authors = {measure.author_id for baby in infants for measure in baby.measures}
    names = {id_: name for session in found.sessions for id_, name in session.names.items()}
    return Dossier(
        person=person(patient),
        clinic_code=own_clinic().code,
        zone=acting().timezone,
        courses=tuple(files),
        infants=infants,
        doses=tuple(sorted(dose.t0 for hers in doses.values() for dose in hers)),
        names=names | names_of(authors),
    )


def person(patient: Patient) -> Person:
    """Who she is."""
    names = Person.__dataclass_fields__
    return Person(**{name: getattr(patient, name) for name in names})


def courses_of(patient_id: uuid.UUID) -> Sequence[Course]:
    """All her courses, the first one first: so they keep their numbers whatever is asked for."""
    hers = select(Course).where(Course.patient_id == patient_id)
    return db.session.scalars(hers.order_by(Course.opened_on, Course.id)).all()


def courses_asked_for(source: Source, courses: Sequence[Course], found: Found) -> set[uuid.UUID]:
    """Those opened in the period, and those to which something of the period belongs."""
    if source.order.course_id is not None:
        return {source.order.course_id}
    opened = select(Course.id).where(
        Course.id.in_([course.id for course in courses]),
        opened_in(source.order.period),
        *filters(source.wanted),
    )
    return found.course_ids | set(db.session.scalars(opened))


def course_file(source: Source, n: int, course: Course, found: Found) -> CourseFile:
    """One course."""
    [export] = exports([course], source.now)
    whole = asks_for(source, "courses")
    return CourseFile(
        n=n,
        export=export if whole else without_particulars(export),
        drug=drug_of(course),
        sessions=tuple(one for one in found.sessions if one.course_id == course.id),
        scores=tuple(one for one in found.scores if one.owner.course_id == course.id),
        contacts=tuple(found.contacts.get(course.id, ())),
        medicines=tuple(medicines_of(course)) if asks_for(source, "medicines") else (),
        plan=plan_of(course) if whole else Plan(),
        eligibility=export.eligibility if whole else None,
        decisions=tuple(decided(course.id)) if whole else (),
    )


def without_particulars(export: CourseExport) -> CourseExport:
    """A course to which other things belong, of which itself nothing was asked."""
    return replace(export, particulars=type(export.particulars)())


def drug_of(course: Course) -> str:
    """What its protocol gives."""
    version = versions_by_ids([course.protocol_version_id])[course.protocol_version_id]
    return content_of(version).session_plan().drug


def medicines_of(course: Course) -> Iterator[Medicine]:
    """The medicines beside the drug, those in error left out."""
    for one in medications_of(course.id):
        yield Medicine(
            id=one.id,
            drug=one.drug,
            drug_class=one.drug_class.value,
            dose=one.dose,
            started_on=one.started_on,
            stopped_on=one.stopped_on,
            stop_unclear=one.stop_unclear,
            recorded_at=one.recorded_at,
        )
