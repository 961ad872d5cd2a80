"""This file is about licences in the demonstration: one asked for, one on file, one that ends soon.

The letters are made up and say so. No wording is loaded: it is its owner's.
"""

from datetime import timedelta

from clinic.core import clock
from clinic.core.permissions import Role
from clinic.demo.actions.stage import at_work
from clinic.demo.rules.cast import HARBOUR
from clinic.instruments.actions import EvidenceFile, put_on_file
from clinic.instruments.queries import register
from clinic.instruments.rules.licences import EvidenceKind, Medium

LETTER = b"%PDF-1.4\n% A made-up letter of the demonstration. It licenses nothing.\n"
ON_FILE = {"CSSRS_SCREEN_SLC": 293, "WHODAS12": 21}  # days until it ends


def load_licences() -> None:
    """Evidence of three scales in the first clinic, unless there is any."""
    with at_work(HARBOUR, Role.ADMINISTRATOR):
        if any(row.asked or row.evidence for row in register()):
            return
        asked = "Letter to the owner, made up for the demonstration"
        put_on_file("WSAS", "en", kind=EvidenceKind.ASKED, reference=asked)
        for code, days in ON_FILE.items():
            put_on_file(
                code,
                "en",
                kind=EvidenceKind.ON_FILE,
                reference="Made up for the demonstration",
                ends_on=clock.today() + timedelta(days=days),
                covers=(Medium.PAPER, Medium.SCREEN),
                file=EvidenceFile("demonstration.pdf", LETTER),
            )
