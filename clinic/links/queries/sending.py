"""This file is about whether a link may go out to her, and the sentence when it may not."""

from collections.abc import Iterator, Sequence

from clinic.core import clock
from clinic.core.db import db
from clinic.courses.models import Course
from clinic.instruments.queries import may_go_to_phone, why_not_yet
from clinic.links import parts as kinds
from clinic.links.queries.asked import scale_of
from clinic.links.rules import SCALE, LinkWay, PartRef, Subject, subject_key, subject_of
from clinic.messages.queries import numbers, why_no_message
from clinic.messages.queries.settings import public_address
from clinic.patients.models import Patient

NO_ADDRESS = "The operator has not said under which address her phone reaches this server."


def why_no_link(
    course: Course, parts: Sequence[PartRef], subject: Subject, way: LinkWay = LinkWay.PHONE
) -> str | None:
    """Why these parts cannot be sent to her, or handed to her, as a sentence; None: they can."""
    faults = [*clinic_faults(), *part_faults(course, parts, subject)]
    if way is LinkWay.PHONE:
        faults += phone_faults(course)
    return next(iter(faults), None)


def clinic_faults() -> Iterator[str]:
    """What the clinic has not set: the support page needs every number."""
    if missing := list(numbers().missing()):
        yield f"An administrator enters {' and '.join(missing)} first."


def phone_faults(course: Course) -> Iterator[str]:
    """What keeps a message from reaching her phone."""
    if public_address() is None:
        yield NO_ADDRESS
    if why := why_no_message(db.session.get_one(Patient, course.patient_id)):
        yield why


def part_faults(course: Course, parts: Sequence[PartRef], subject: Subject) -> Iterator[str]:
    """What keeps a part from being asked on a screen of hers."""
    if not parts:
        yield "Choose what she is asked."
    for part in parts:
        if part.kind == SCALE:
            yield from scale_faults(course, part)
        elif part.kind not in kinds.KINDS:
            yield f"There is no part {part.kind}."
        elif why := kinds.KINDS[part.kind].why_not(course, subject_of(subject_key(subject))):
            yield why


def scale_faults(course: Course, part: PartRef) -> Iterator[str]:
    """No wording without evidence, nothing that staff must ask, nothing too soon."""
    phone = may_go_to_phone(str(part.code), language=part.language)
    if phone.reason is not None:
        yield phone.reason
        return
    scale = scale_of(part)
    form = scale.form(part.form) if part.form else scale.forms[0]
    if why := why_not_yet(course.patient_id, scale, form, clock.now()):
        yield why
