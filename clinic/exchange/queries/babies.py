"""This file is about loading the infants of one woman with what was measured of them."""

import uuid
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select

from clinic.core.db import db
from clinic.exchange.rules.dossier import Baby, Measure
from clinic.patients.models import InfantMeasure
from clinic.patients.queries import infants_of, measures_of


def babies_of(patient_id: uuid.UUID) -> Iterator[Baby]:
    """Her infants, oldest first."""
    infants = infants_of(patient_id)
    measures = measures_of(infant.id for infant in infants)
    corrected = corrections_of(infant.id for infant in infants)
    for infant in infants:
        found = tuple(measure(one, corrected) for one in measures.get(infant.id, ()))
        yield Baby(infant.id, infant.given_name, infant.born_on, found)


def measure(row: InfantMeasure, corrected: Mapping[uuid.UUID, uuid.UUID]) -> Measure:
    """A measure as it stands, under the id of its first version."""
    root = row.id
    while root in corrected:
        root = corrected[root]
    return Measure(
        id=root,
        at=row.measured_at,
        weight_g=row.weight_g,
        feeding=row.feeding.value if row.feeding else None,
        author_id=row.author_id,
        recorded_at=row.recorded_at,
        corrected=root != row.id,
    )


def corrections_of(infant_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Measure -> the one it corrects."""
    changed = select(InfantMeasure.id, InfantMeasure.corrects_id).where(
        InfantMeasure.infant_id.in_(set(infant_ids)), InfantMeasure.corrects_id.is_not(None)
    )
    return {id_: earlier for id_, earlier in db.session.execute(changed) if earlier}
