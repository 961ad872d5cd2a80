"""This package is about what may be asked of follow-ups: one course, the work list, a contact."""

from clinic.followups.queries.contacts import (
    Made,
    OpenConcern,
    contact_or_raise,
    contacts_of,
    open_concerns,
)
from clinic.followups.queries.of_course import (
    due_or_none,
    of_course,
    row_of,
    terms_of,
)
from clinic.followups.queries.scales import Asked, scales_of
from clinic.followups.queries.work_list import WorkList, work_list

__all__ = [
    "Asked",
    "Made",
    "OpenConcern",
    "WorkList",
    "contact_or_raise",
    "contacts_of",
    "due_or_none",
    "of_course",
    "open_concerns",
    "row_of",
    "scales_of",
    "terms_of",
    "work_list",
]
