"""This package is about stage 3: what is due when, contacts, side effects since, the infant."""

from clinic.core import records
from clinic.followups.models import Contact

records.register("contact_id", Contact, "patient_id")
