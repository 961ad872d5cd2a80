"""This package is about the patients of a clinic: who she is, her infants; finding, registering, correcting."""

from clinic.core import records
from clinic.patients.models import Infant, Patient

records.register("patient_id", Patient, "id")
records.register("infant_id", Infant, "patient_id")
