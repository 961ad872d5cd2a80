"""This package is about files in the shape of CDISC SDTM, and the dictionary to them."""

from clinic.exchange.rules.sdtm.define import codes_file, define
from clinic.exchange.rules.sdtm.domain import Domain, Origin, Variable
from clinic.exchange.rules.sdtm.domains import DOMAINS
from clinic.exchange.rules.sdtm.subject import EVERYTHING, Subject, study_day

__all__ = [
    "DOMAINS",
    "EVERYTHING",
    "Domain",
    "Origin",
    "Subject",
    "Variable",
    "codes_file",
    "define",
    "study_day",
]
