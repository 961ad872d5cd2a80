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

__all__ = [
    "Given",
    "GoalFacts",
    "GoalState",
    "Kind",
    "Status",
    "Visit",
    "VisitFacts",
    "Window",
    "WindowState",
    "days_overdue",
    "fault_of_change",
    "faults_of_goal",
    "faults_of_visit",
    "hours_from",
    "tally",
    "windows_after",
]
