"""This file is about EpisodeOfCare and Condition: one course, and what is treated."""

from collections.abc import Iterator

from clinic.exchange.rules.dossier import CourseFile, Dossier
from clinic.exchange.rules.fhir.values import (
    TERMINOLOGY,
    Json,
    clinic,
    coded,
    concept,
    identified,
    period,
    reference,
    resource,
    said,
)
from clinic.exchange.rules.lens import Lens

DIAGNOSIS = "icd10"


def course_resources(lens: Lens, dossier: Dossier, course: CourseFile) -> Iterator[Json]:
    """The course, and its diagnosis where one is on record."""
    yield episode(lens, dossier, course)
    if is_diagnosed(course):
        yield condition(lens, dossier, course)


def episode(lens: Lens, dossier: Dossier, course: CourseFile) -> Json:
    """One course. One that was opened in error says so."""
    export = course.export
    return resource(
        "EpisodeOfCare",
        lens.id(course.id),
        identifier=identified(lens.book, "course", lens.id(course.id)),
        status="entered-in-error" if course.in_error else export.status,
        type=[coded(lens.book, f"protocol:{export.protocol_code}", course.drug)],
        diagnosis=[{"condition": diagnosis(lens, course)}] if is_diagnosed(course) else [],
        patient=reference("Patient", lens.id(dossier.person.id)),
        managingOrganization=clinic(lens, dossier.clinic_code),
        period=period(lens.day(export.record.opened_on), lens.day(export.record.ended_on)),
    )


def is_diagnosed(course: CourseFile) -> bool:
    """Whether a diagnosis is on record."""
    hers = course.export.particulars
    return bool(hers.diagnosis_code or hers.diagnosis_text)


def diagnosis(lens: Lens, course: CourseFile) -> Json:
    """The resource of the diagnosis."""
    return reference("Condition", lens.id(course.id, "diagnosis"))


def condition(lens: Lens, dossier: Dossier, course: CourseFile) -> Json:
    """What is treated, by the code that the clinic wrote and in its words."""
    hers = course.export.particulars
    written = hers.diagnosis_code
    codes = [said(system=lens.book.systems[DIAGNOSIS], code=written)] if written else []
    mapped = [
        said(system=lens.book.systems[one.system], code=one.code, display=one.display)
        for one in lens.book.of(f"diagnosis:{written}")
    ]
    return resource(
        "Condition",
        lens.id(course.id, "diagnosis"),
        clinicalStatus=concept(f"{TERMINOLOGY}condition-clinical", "active"),
        verificationStatus=concept(f"{TERMINOLOGY}condition-ver-status", "confirmed"),
        category=[concept(f"{TERMINOLOGY}condition-category", "encounter-diagnosis")],
        code=said(coding=[*codes, *mapped], text=lens.mask.text(hers.diagnosis_text)) or None,
        subject=reference("Patient", lens.id(dossier.person.id)),
        recordedDate=lens.day(course.export.record.opened_on),
    )
