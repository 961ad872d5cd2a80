"""This file is about whether what a protocol says of leaving makes sense."""

from collections.abc import Iterator, Mapping
from typing import Any

from clinic.notation.rules.parsing import Fault


def leaving_faults(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults of the criteria of readiness, and of what the registry asks for."""
    rules = parts.get("discharge")
    if rules and rules.respiratory_rate_from >= rules.respiratory_rate_to:
        yield "discharge.respiratory_rate_from", f"must be below {rules.respiratory_rate_to}."
    report, plan = parts.get("report"), parts.get("schedule")
    minute = report.pressure_minute if report else None
    if minute is not None and plan and minute not in plan.slots:
        slots = ", ".join(map(str, plan.slots))
        yield "report.pressure_minute", f"is no slot of the schedule. Use one of {slots}."
