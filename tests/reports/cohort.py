"""This file is about a made cohort: courses with sessions and scores, as figures look at them."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from clinic.courses.rules import CourseStatus, EndReason
from clinic.notation.rules.canonical import digest
from clinic.reports.library import newest
from clinic.reports.models import SavedReport
from clinic.reports.rules import Period
from clinic.reports.rules.outcomes import (
    Cohort,
    Definitions,
    Followed,
    Gathering,
    Report,
    Scope,
    facts_of,
    report_of,
)
from clinic.reports.rules.outcomes.keeping import to_text
from clinic.review.rules import Treated, Use
from tests.review.made import DUBLIN, at, course, pressures, treated, use

PERIOD = Period(date(2026, 2, 1), date(2026, 4, 30))


def scope(rules: Definitions | None = None, *, day: float = 40, scale: str = "MADRS") -> Scope:
    """All of a period, so many days after the first dose of everybody."""
    return Scope(PERIOD, Cohort(scale=scale), rules or newest(), at(day), DUBLIN)


def madrs(before: int, *later: int | None) -> list[Use]:
    """MADRS before the dose, then at 24 hours, day 7, 14 and 28; None: not asked."""
    found = [use("MADRS", -0.1, before), use("MADRS", -0.1, before, form="24-hours")]
    moments = ((1, "24-hours"), (7, "standard"), (14, "standard"), (28, "standard"))
    for (day, form), total in zip(moments, later, strict=False):
        if total is not None:
            found.append(use("MADRS", day, total, form=form))
    return found


def sitting(number: int = 1, day: float = 0, **given: Any) -> Treated:
    """A session: pressure before and after, all slots, and she leaves unless told otherwise."""
    rows = pressures("118/76", given.pop("highest", "138/86"), given.pop("dissociation", 0))
    given.setdefault("until", 200)
    return treated(number, day, rows, **given)


def followed(n: int, *uses: Use, day: float = 40, **given: Any) -> Followed:
    """The n-th course, as it stands so many days after its first dose."""
    sessions = given.pop("sessions", None) or (sitting(),)
    sessions = tuple(replace(one, id=uuid.UUID(int=one.id.int + 1000 * n)) for one in sessions)
    ended = given.pop("ended", None)
    values = {
        "id": uuid.UUID(int=n),
        "patient_id": uuid.UUID(int=900 + n),
        "status": CourseStatus.FINISHED if ended else CourseStatus.ACTIVE,
        "end_reason": ended and EndReason(ended),
        "record": course(*uses, sessions=sessions, day=day, **given.pop("record", {})),
    }
    return Followed(**values | given)


def figures(*courses: Followed, rules: Definitions | None = None, **given: Any) -> Report:
    """What these courses come to."""
    found = Gathering(scope(rules, **given))
    for one in courses:
        found.add(facts_of(one, found.scope))
    return report_of(found)


def saved_report(title: str) -> SavedReport:
    """A report of nobody as it is kept."""
    rules, text = newest(), to_text(figures())
    return SavedReport(
        title=title,
        first_on=PERIOD.first_on,
        last_on=PERIOD.last_on,
        **vars(Cohort(scale="MADRS")),
        as_of_at=at(40),
        definitions_version=rules.version,
        definitions_digest=rules.digest,
        figures=text,
        sha256=digest(text),
        created_by_id=uuid.UUID(int=1),
        created_at=at(40),
    )
