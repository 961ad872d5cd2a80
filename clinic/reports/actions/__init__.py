"""This package is about what may be done with exports: note, order, write, cancel, delete them."""

from clinic.reports.actions.exports import TooManyExports, record_export

__all__ = ["TooManyExports", "record_export"]
