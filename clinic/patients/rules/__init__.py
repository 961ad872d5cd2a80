"""This package is about what may be said of a patient: codes, names, dates that can be true."""

from clinic.patients.rules.codes import (
    HER_MILK,
    AllergyAnswer,
    ContactBy,
    Feeding,
    InfantParticulars,
    Particulars,
    gives_milk,
)
from clinic.patients.rules.dates import (
    fault_of_birth,
    fault_of_delivery,
    fault_of_infant_birth,
    is_near_delivery,
    possible_dates,
)
from clinic.patients.rules.listing import Cell, Pill, Spark, spark
from clinic.patients.rules.measures import (
    HEAVIEST_G,
    LIGHTEST_G,
    MeasureFacts,
    changes,
    faults_of_measure,
    is_a_jump,
)
from clinic.patients.rules.names import (
    folded,
    has_letter,
    name_key,
    nearest,
    searchable,
)

__all__ = [
    "HEAVIEST_G",
    "HER_MILK",
    "LIGHTEST_G",
    "AllergyAnswer",
    "Cell",
    "ContactBy",
    "Feeding",
    "InfantParticulars",
    "MeasureFacts",
    "Particulars",
    "Pill",
    "Spark",
    "changes",
    "fault_of_birth",
    "fault_of_delivery",
    "fault_of_infant_birth",
    "faults_of_measure",
    "folded",
    "gives_milk",
    "has_letter",
    "is_a_jump",
    "is_near_delivery",
    "name_key",
    "nearest",
    "possible_dates",
    "searchable",
    "spark",
]
