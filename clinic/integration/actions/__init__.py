"""This package is about what may be done with other treatment: visits, groups, plan, letters."""

from clinic.integration.actions.groups import (
    change_group,
    note_attendance,
    put_on_list,
    record_group,
)
from clinic.integration.actions.keeping import ChangedMeanwhile
from clinic.integration.actions.letters import (
    Draft,
    ValueChanged,
    note_consent,
    note_delivery,
    publish_template,
    sign_letter,
)
from clinic.integration.actions.milk import log_milk
from clinic.integration.actions.outside import HelperFacts, change_helper, record_helper
from clinic.integration.actions.plan import (
    change_goal,
    finish_task,
    give_task,
    record_goal,
    sign_plan,
)
from clinic.integration.actions.treatments import (
    change_treatment,
    record_treatment,
    void_treatment,
)
from clinic.integration.actions.visits import change_visit, record_visit, write_note

__all__ = [
    "ChangedMeanwhile",
    "Draft",
    "HelperFacts",
    "ValueChanged",
    "change_goal",
    "change_group",
    "change_helper",
    "change_treatment",
    "change_visit",
    "finish_task",
    "give_task",
    "log_milk",
    "note_attendance",
    "note_consent",
    "note_delivery",
    "publish_template",
    "put_on_list",
    "record_goal",
    "record_group",
    "record_helper",
    "record_treatment",
    "record_visit",
    "sign_letter",
    "sign_plan",
    "void_treatment",
    "write_note",
]
