"""This file is about the head of every page of a course: who, what, how far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app

from clinic.core.db import db
from clinic.courses.models import Course
from clinic.courses.queries.consent import consent_fault
from clinic.courses.queries.courses import delivery_on, infants_of_course
from clinic.courses.queries.stages import stage_reports
from clinic.courses.rules import Particulars, Stage, StageReport, current_stage, narrative
from clinic.patients.models import Infant, Patient
from clinic.protocols.models import ProtocolVersion

Cell = tuple[str, str]
Fact = Callable[[Course], Cell | None]
FACTS = "clinic.courses.facts"


@dataclass(frozen=True)
class Head:
    """What stands on top. `facts`: (what, more) pairs of other rooms for the strip."""

    course: Course
    patient: Patient
    infants: list[Infant]
    delivery_on: date | None
    version: ProtocolVersion
    narrative: str
    facts: list[Cell]
    stages: dict[Stage, StageReport]
    stage: Stage
    consent_fault: str | None


def head_of(course: Course) -> Head:
    """The head of a course's pages."""
    stages = stage_reports(course)
    return Head(
        course=course,
        patient=db.session.get_one(Patient, course.patient_id),
        infants=infants_of_course(course),
        delivery_on=delivery_on(course),
        version=db.session.get_one(ProtocolVersion, course.protocol_version_id),
        narrative=narrative(particulars_of(course)),
        facts=facts_of(course),
        stages=stages,
        stage=current_stage(stages),
        consent_fault=consent_fault(course.id),
    )


def particulars_of(course: Course) -> Particulars:
    """Diagnosis, onset and birth as they are written down."""
    names = Particulars.__dataclass_fields__
    return Particulars(**{name: getattr(course, name) for name in names})


def facts_of(course: Course) -> list[Cell]:
    """What other rooms say in the strip, in their order."""
    added: Mapping[str, tuple[int, Fact]] = current_app.extensions.get(FACTS, {})
    said = (fact(course) for _, fact in sorted(added.values(), key=lambda pair: pair[0]))
    return [cell for cell in said if cell]
