"""This package is about writing files for other systems."""

from clinic.exchange.actions.fhir_files import BULK, BUNDLE
from clinic.exchange.actions.sdtm_files import SDTM

__all__ = ["BULK", "BUNDLE", "SDTM"]
