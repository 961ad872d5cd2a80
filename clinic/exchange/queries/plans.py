"""This file is about loading the care plan of a course as it stands."""

from clinic.courses.models import Course
from clinic.exchange.rules.dossier import Activity, Plan, Signed
from clinic.integration.queries import (
    activities_of,
    as_goal,
    as_treatment,
    goals_of,
    plan_versions,
    treatments_of,
)


def plan_of(course: Course) -> Plan:
    """Goals, visits and treatments, and who signed."""
    visits = sorted(activities_of(course.id), key=lambda one: (one.starts_at, one.id))
    return Plan(
        goals=tuple((goal.id, as_goal(goal)) for goal in goals_of(course.id)),
        activities=tuple(
            Activity(
                id=one.id,
                kind=one.kind.value,
                status=one.status.value,
                starts_at=one.starts_at,
                minutes=one.minutes,
                reason=one.reason,
            )
            for one in visits
        ),
        treatments=tuple((one.id, as_treatment(one)) for one in treatments_of(course.id)),
        signed=tuple(
            Signed(signed.n, signed.signed_by_name, signed.signed_at, signed.hash)
            for signed in (version.document for version in plan_versions(course.id))
        ),
    )
