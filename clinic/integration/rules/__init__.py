"""This package is about other treatment beside the drug: what fits with the doses, what may be."""

from clinic.integration.rules.codes import GoalState, Kind, Status, WindowState
from clinic.integration.rules.visits import (
    GoalFacts,
    VisitFacts,
    days_overdue,
    fault_of_change,
    faults_of_goal,
    faults_of_visit,
)
from clinic.integration.rules.windows import (
    Given,
    Visit,
    Window,
    hours_from,
    tally,
    windows_after,
)
from clinic.integration.rules.words import (
    CLASS_WORDS,
    KIND_WORDS,
    STATUS_WORDS,
    WINDOW_WORDS,
    ClassAnswer,
    Medicine,
    class_answers,
    counted,
    is_taken,
)

__all__ = [
    "CLASS_WORDS",
    "KIND_WORDS",
    "STATUS_WORDS",
    "WINDOW_WORDS",
    "ClassAnswer",
    "Given",
    "GoalFacts",
    "GoalState",
    "Kind",
    "Medicine",
    "Status",
    "Visit",
    "VisitFacts",
    "Window",
    "WindowState",
    "class_answers",
    "counted",
    "days_overdue",
    "fault_of_change",
    "faults_of_goal",
    "faults_of_visit",
    "hours_from",
    "is_taken",
    "tally",
    "windows_after",
]
