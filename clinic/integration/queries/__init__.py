"""This package is about what may be asked of other treatment."""

from clinic.integration.queries.beside import (
    Ahead,
    Beside,
    activities_of,
    all_activities,
    as_treatment,
    as_visit,
    beside_the_drug,
    dose_begins,
    doses_ahead,
    errors_of,
    given_doses,
    medicines_of,
    next_visit,
    treatments_of,
    who_held,
    windows_of,
)
from clinic.integration.queries.classes import LastAsked, last_asked
from clinic.integration.queries.groups import (
    Attendance,
    attendances,
    courses_to_choose,
    groups_since,
    own_notes,
    visits_of_group,
)
from clinic.integration.queries.plan import goals_of

__all__ = [
    "Ahead",
    "Attendance",
    "Beside",
    "LastAsked",
    "activities_of",
    "all_activities",
    "as_treatment",
    "as_visit",
    "attendances",
    "beside_the_drug",
    "courses_to_choose",
    "dose_begins",
    "doses_ahead",
    "errors_of",
    "given_doses",
    "goals_of",
    "groups_since",
    "last_asked",
    "medicines_of",
    "next_visit",
    "own_notes",
    "treatments_of",
    "visits_of_group",
    "who_held",
    "windows_of",
]
