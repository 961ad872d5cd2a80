"""This package is about what other systems may be told: one woman after the other."""

from clinic.exchange.queries.asked import asks_for
from clinic.exchange.queries.dossiers import dossiers, patient_ids

__all__ = ["asks_for", "dossiers", "patient_ids"]
