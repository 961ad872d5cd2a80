"""This file is about whether what comes after the sessions makes sense: windows, ways, hours."""

from collections.abc import Iterator, Mapping
from typing import Any

from clinic.notation.rules.parsing import Fault

HOURS_OF_A_DAY = 24
WAYS = ("call", "visit", "link")


def follow_up_faults(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults of follow-ups, of the hours of calls, and of the window of talks."""
    staff = {m for use in parts.get("scales", ()) if use.by == "staff" for m in use.moments}
    for number, visit in enumerate(parts.get("follow_ups", ()), 1):
        path, opens, closes = f"follow_ups.{number}", visit.opens_hours, visit.closes_hours
        if opens is not None and closes is not None and not opens <= visit.at_hours <= closes:
            yield f"{path}.at_hours", f"must lie from {opens} to {closes}."
        if visit.by not in WAYS:
            yield f"{path}.by", f"is {visit.by}. Write one of: {', '.join(WAYS)}."
        elif visit.by == "link" and visit.code in staff:  # definitions D7.5
            yield f"{path}.by", "a scale of this moment needs staff. Write call or visit."
    contact, talk = parts.get("contact"), parts.get("integration")
    if contact and not contact.waking_from_hour < contact.waking_to_hour <= HOURS_OF_A_DAY:
        where = f"after waking_from_hour, at most {HOURS_OF_A_DAY}"
        yield "contact.waking_to_hour", f"must lie {where}."
    if talk and talk.opens_hours >= talk.closes_hours:
        yield "integration.opens_hours", f"must be below closes_hours, {talk.closes_hours}."
    yield from _counts_of_none(parts)


def _counts_of_none(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """Minutes and counts of 0: nobody is called at once, nothing falls due after no dose."""
    risk, exposure = parts.get("risk_answers"), parts.get("exposure") or ()
    names = (
        *("in_hours_minutes", "after_hours_minutes", "next_minutes"),
        *("missed_in_a_row", "tries_without_answer"),
    )
    counts = {f"risk_answers.{name}": getattr(risk, name, None) for name in names}
    counts |= {f"exposure.{n}.every_doses": one.every_doses for n, one in enumerate(exposure, 1)}
    counts["re_evaluation.days"] = getattr(parts.get("re_evaluation"), "days", None)
    for path, count in counts.items():
        if count == 0:
            yield path, "is 0. Write 1 or more, or null for: not set by this clinic."
