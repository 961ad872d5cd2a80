"""This file is about how much of a drug she has had: mg, mg/kg, sessions by month, intervals.

What was delivered counts, never what was planned (definitions D5.1). Milligrams of another drug,
form or route are never added (definitions D1.5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from clinic.protocols.rules import DrugForm, Route
from clinic.review.rules.record import DAY, CourseRecord, Treated

HUNDREDTH = Decimal("0.01")
NONE = Decimal(0)


@dataclass(frozen=True)
class Dosed:
    """One session with a T0. `on`: its day at the clinic.

    `known_mg`: the sum of what is known, `whole`: nothing of it is unknown or still running.
    `mg_per_kg` by the weight of that session, to a hundredth; None: not weighed. `since_last`: from
    the T0 before. `so_far_mg`: known of this session and of those before.
    """

    number: int
    at: datetime
    on: date
    text: str
    known_mg: Decimal
    whole: bool
    mg_per_kg: Decimal | None
    since_last: timedelta | None
    so_far_mg: Decimal


@dataclass(frozen=True)
class Month:
    """One month of the clinic's calendar; months without a session are there too."""

    first: date
    sessions: int
    known_mg: Decimal
    not_whole: int


@dataclass(frozen=True)
class Exposure:
    """What she has had of one drug by one route. `not_whole`: sessions of which a part is unknown.

    `mg_per_kg`: the sum over the sessions in which she was weighed, None: in none. `unweighed`: how
    many sessions it leaves out. `since_last`: from the last T0 to now.
    """

    drug: str
    form: DrugForm
    route: Route
    rows: tuple[Dosed, ...]
    months: tuple[Month, ...]
    known_mg: Decimal
    not_whole: int
    mg_per_kg: Decimal | None
    unweighed: int
    since_last: timedelta


def exposures(record: CourseRecord) -> list[Exposure]:
    """One for each drug, form and route, in the order of their first dose."""
    found: dict[tuple[str, DrugForm, Route], list[tuple[Treated, datetime]]] = {}
    for session, t0 in record.treated:
        plan = session.plan
        found.setdefault((plan.drug, plan.form, plan.route), []).append((session, t0))
    return [exposure_of(record, given, doses, route) for (*given, route), doses in found.items()]


def exposure_of(
    record: CourseRecord,
    given: Sequence[str],
    doses: Sequence[tuple[Treated, datetime]],
    route: Route,
) -> Exposure:
    """The doses of one drug and route, oldest first."""
    rows = tuple(rows_of(record, doses))
    exact = [
        session.state.dose.known_mg / session.weight_kg for session, _ in doses if session.weight_kg
    ]
    return Exposure(
        drug=given[0],
        form=DrugForm(given[1]),
        route=route,
        rows=rows,
        months=tuple(months_of(rows)),
        known_mg=sum((row.known_mg for row in rows), NONE),
        not_whole=sum(not row.whole for row in rows),
        mg_per_kg=hundredth(sum(exact, NONE)) if exact else None,
        unweighed=len(rows) - len(exact),
        since_last=record.now - rows[-1].at,
    )


def rows_of(record: CourseRecord, doses: Iterable[tuple[Treated, datetime]]) -> Iterable[Dosed]:
    """Each dose with what came before."""
    before: datetime | None = None
    so_far = NONE
    for session, t0 in doses:
        dose = session.state.dose
        so_far += dose.known_mg
        weight = session.weight_kg
        yield Dosed(
            number=session.number,
            at=t0,
            on=record.local(t0).date(),
            text=dose.text,
            known_mg=dose.known_mg,
            whole=dose.given_mg is not None,
            mg_per_kg=hundredth(dose.known_mg / weight) if weight else None,
            since_last=None if before is None else t0 - before,
            so_far_mg=so_far,
        )
        before = t0


def months_of(rows: Sequence[Dosed]) -> Iterable[Month]:
    """From the month of the first dose to that of the last."""
    month, last = rows[0].on.replace(day=1), rows[-1].on.replace(day=1)
    while month <= last:
        inside = [row for row in rows if row.on.replace(day=1) == month]
        known = sum((row.known_mg for row in inside), NONE)
        yield Month(month, len(inside), known, sum(not row.whole for row in inside))
        month = (month + 31 * DAY).replace(day=1)


def hundredth(amount: Decimal) -> Decimal:
    """To a hundredth."""
    return amount.quantize(HUNDREDTH, ROUND_HALF_UP)
