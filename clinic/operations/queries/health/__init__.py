"""This package is about how the installation stands, asked of the machine and of the database."""

from clinic.operations.queries.health.clinics import lines_of_clinic, newest_written
from clinic.operations.queries.health.server import lines_of_server, why_not_ready

__all__ = ["lines_of_clinic", "lines_of_server", "newest_written", "why_not_ready"]
