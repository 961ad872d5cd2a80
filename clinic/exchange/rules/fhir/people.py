"""This file is about Patient and RelatedPerson: her, her infants, and what they weighed."""

from collections.abc import Iterator

from clinic.exchange.rules.dossier import Baby, Dossier, Measure
from clinic.exchange.rules.fhir.values import (
    TERMINOLOGY,
    Json,
    absent,
    clinic,
    coded,
    concept,
    identified,
    profile,
    quantity,
    reference,
    resource,
    said,
    staff,
)
from clinic.exchange.rules.lens import Lens

ROLES = f"{TERMINOLOGY}v3-RoleCode"


def people(lens: Lens, dossier: Dossier) -> Iterator[Json]:
    """Her, then each infant as a patient of its own and as her child."""
    yield patient(lens, dossier)
    for baby in dossier.infants:
        yield infant(lens, dossier, baby)
        yield child(lens, dossier, baby)


def patient(lens: Lens, dossier: Dossier) -> Json:
    """Her. Without names and the day of her birth where the file is de-identified."""
    her = dossier.person
    return resource(
        "Patient",
        lens.id(her.id),
        identifier=identified(lens.book, "patient-number", lens.mask.number(her.number)),
        name=name(lens, her.given_name, her.family_name),
        gender="female",
        managingOrganization=clinic(lens, dossier.clinic_code),
        **born(lens, her.born_on.isoformat()),
    )


def name(lens: Lens, given: str | None, family: str | None) -> list[Json]:
    """A name; none where the file is de-identified."""
    if not lens.is_plain or not (given or family):
        return []
    return [said(use="official", family=family, given=[given] if given else None)]


def born(lens: Lens, on: str) -> Json:
    """The day of a birth as it is; where the file is de-identified, that it is not told."""
    return {"birthDate": on} if lens.is_plain else {"_birthDate": {"extension": absent("masked")}}


def infant(lens: Lens, dossier: Dossier, baby: Baby) -> Json:
    """An infant, so that its weight is never taken for hers. Its days move with hers."""
    return resource(
        "Patient",
        lens.id(baby.id),
        name=name(lens, baby.given_name, None),
        birthDate=lens.day(baby.born_on),
        managingOrganization=clinic(lens, dossier.clinic_code),
        link=[{"other": reference("RelatedPerson", child_id(lens, baby)), "type": "seealso"}],
    )


def child(lens: Lens, dossier: Dossier, baby: Baby) -> Json:
    """That an infant is her child."""
    return resource(
        "RelatedPerson",
        child_id(lens, baby),
        patient=reference("Patient", lens.id(dossier.person.id)),
        relationship=[concept(ROLES, "CHILD")],
        name=name(lens, baby.given_name, None),
        birthDate=lens.day(baby.born_on),
    )


def child_id(lens: Lens, baby: Baby) -> str:
    """The id of an infant as her child."""
    return lens.id(baby.id, "child")


def infant_observations(lens: Lens, dossier: Dossier) -> Iterator[Json]:
    """What her infants weighed and how they were fed."""
    for baby in dossier.infants:
        for measure in baby.measures:
            if measure.weight_g is not None:
                yield weight(lens, baby, measure)
            if measure.feeding is not None:
                yield feeding(lens, baby, measure)


def weight(lens: Lens, baby: Baby, measure: Measure) -> Json:
    """The weight of an infant, in the grams that were read."""
    return measured(
        lens,
        baby,
        measure,
        "weight",
        meta=profile("bodyweight"),
        category=[concept(f"{TERMINOLOGY}observation-category", "vital-signs")],
        code=coded(lens.book, "sign:weight", "Weight of the infant"),
        valueQuantity=quantity(lens.book, "weight", measure.weight_g or 0),
    )


def feeding(lens: Lens, baby: Baby, measure: Measure) -> Json:
    """How an infant is fed."""
    return measured(
        lens,
        baby,
        measure,
        "feeding",
        category=[concept(f"{TERMINOLOGY}observation-category", "social-history")],
        code=coded(lens.book, "infant:feeding", "Feeding of the infant"),
        valueCodeableConcept=coded(lens.book, f"feeding:{measure.feeding}"),
    )


def measured(lens: Lens, baby: Baby, measure: Measure, part: str, **parts: object) -> Json:
    """What every observation of an infant has."""
    return resource(
        "Observation",
        lens.id(measure.id, part),
        status="corrected" if measure.corrected else "final",
        subject=reference("Patient", lens.id(baby.id)),
        effectiveDateTime=lens.moment(measure.at),
        issued=lens.moment(measure.recorded_at),
        performer=[staff(lens, measure.author_id)],
        **parts,
    )
