"""This package is about what may be asked of follow-ups: one course, the work list, a contact."""

from clinic.followups.queries.asking import (
    Effect,
    effects_to_ask,
    exposure_not_set,
    pressure_alert,
    questions_of,
)
from clinic.followups.queries.contacts import (
    Made,
    OpenConcern,
    contact_or_raise,
    contacts_of,
    due_of,
    open_concerns,
    version_in_force,
)
from clinic.followups.queries.next_steps import step_words
from clinic.followups.queries.of_course import (
    draft_kind,
    due_or_none,
    of_course,
    row_of,
    terms_of,
)
from clinic.followups.queries.required import Mark, Required, key_of, required_of
from clinic.followups.queries.responded import Responded, responded_in
from clinic.followups.queries.responses import (
    NeedsResponse,
    Subject,
    needing_response,
    responses_to_write,
)
from clinic.followups.queries.scales import Asked, open_screen, scales_of, screen_as_answered
from clinic.followups.queries.told import told_in
from clinic.followups.queries.work_list import (
    MissedRow,
    Row,
    WorkList,
    all_rows,
    link_of,
    missed_rows,
    subject_of_due,
    work_list,
)

__all__ = [
    "Asked",
    "Effect",
    "Made",
    "Mark",
    "MissedRow",
    "NeedsResponse",
    "OpenConcern",
    "Required",
    "Responded",
    "Row",
    "Subject",
    "WorkList",
    "all_rows",
    "contact_or_raise",
    "contacts_of",
    "draft_kind",
    "due_of",
    "due_or_none",
    "effects_to_ask",
    "exposure_not_set",
    "key_of",
    "link_of",
    "missed_rows",
    "needing_response",
    "of_course",
    "open_concerns",
    "open_screen",
    "pressure_alert",
    "questions_of",
    "required_of",
    "responded_in",
    "responses_to_write",
    "row_of",
    "scales_of",
    "screen_as_answered",
    "step_words",
    "subject_of_due",
    "terms_of",
    "told_in",
    "version_in_force",
    "work_list",
]
