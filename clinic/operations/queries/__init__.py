"""This package is about what belongs to a clinic: its tables, their description, their rows."""

from clinic.operations.queries.rows import clinic_tables, pages
from clinic.operations.queries.schema import LEFT_OUT, SECRETS, columns_of, kind_of, schema

__all__ = [
    "LEFT_OUT",
    "SECRETS",
    "clinic_tables",
    "columns_of",
    "kind_of",
    "pages",
    "schema",
]
