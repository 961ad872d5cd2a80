"""This package is about who changed or read what, and when: written here and nowhere else.

One append-only table. Each clinic has its own chain; events without a clinic (a sign-in that
failed) have theirs. An event's hash covers the event before it, in the same transaction as the
change, so that nothing can be altered, left out or cut off unnoticed.
"""

from clinic.core.audit.chain import append, link, log_seq, next_log_seq, row_of
from clinic.core.audit.collecting import note
from clinic.core.audit.masking import clear, unmasked
from clinic.core.audit.tables import FIRST, UNTRACKED, AuditEvent, ClinicHead

__all__ = [
    "FIRST",
    "UNTRACKED",
    "AuditEvent",
    "ClinicHead",
    "append",
    "clear",
    "link",
    "log_seq",
    "next_log_seq",
    "note",
    "row_of",
    "unmasked",
]
