"""This package is about what may be done with exports: note, order, write, cancel, delete them."""

from clinic.reports.actions.definitions import delete_definition, save_definition
from clinic.reports.actions.exports import TooManyExports, record_export
from clinic.reports.actions.jobs import (
    cancel_job,
    delete_expired,
    note_download,
    order_export,
    path_of,
    try_again,
)
from clinic.reports.actions.outcomes import save_report
from clinic.reports.actions.working import claim_next, clear_what_is_left, make

__all__ = [
    "TooManyExports",
    "cancel_job",
    "claim_next",
    "clear_what_is_left",
    "delete_definition",
    "delete_expired",
    "make",
    "note_download",
    "order_export",
    "path_of",
    "record_export",
    "save_definition",
    "save_report",
    "try_again",
]
