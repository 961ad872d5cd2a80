"""This file is about what one session adds to figures of sessions (definitions D1 to D7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from clinic.protocols.rules import BLOOD_PRESSURE, Severity
from clinic.reports.rules.outcomes.counted import Counted, Key
from clinic.reports.rules.outcomes.definitions import Code, Definitions
from clinic.reports.rules.outcomes.scope import Followed, Form
from clinic.review.rules import SessionRow, session_rows
from clinic.review.rules.record import Treated
from clinic.review.rules.sessions import measured
from clinic.sessions.rules import registry
from clinic.sessions.rules.moments import minutes_between
from clinic.sessions.rules.registry import MEASURED, UNKNOWN, YES
from clinic.sessions.rules.results import SlotSign, SlotStatus
from clinic.sessions.rules.slots import LEFT_BEFORE

Found = Iterator[tuple[Key, Counted]]
OVER = (*MEASURED, SlotStatus.NOT_MEASURED, SlotStatus.MISSED)
STILL_THERE = "she has not left"


@dataclass(frozen=True)
class One:
    """A session with a dose, as the review has it, in its course."""

    course_id: UUID
    patient_id: UUID
    treated: Treated
    row: SessionRow
    t0: datetime
    rules: Definitions

    def counted(self, said: str, value: float | None, **more: Any) -> Counted:
        """The session as one that was counted."""
        id_, number = self.treated.id, self.treated.number
        return Counted(self.course_id, said, value, id_, number, self.patient_id, **more)

    def yes_no(self, said: bool, yes: str, no: str) -> Counted:
        """A share: one of two words."""
        return self.counted(yes if said else no, int(said))

    @property
    def left_at(self) -> datetime | None:
        """When she left; None while she is there."""
        return self.treated.state.clock.left_at


def of_sessions(
    course: Followed, rules: Definitions, today: date
) -> Iterator[tuple[datetime, Key, Counted]]:
    """What the sessions with a dose count for, each with its T0 (definitions D7.8)."""
    rows = {row.id: row for row in session_rows(course.record)}
    for treated, t0 in course.record.treated:
        one = One(course.id, course.patient_id, treated, rows[treated.id], t0, rules)
        for key, counted in of_session(one):
            yield t0, key, counted
        if form := course.forms.get(treated.id):
            yield t0, Key(Code.FORM_ON_TIME), of_form(one, form, today)


def of_session(one: One) -> Found:
    """What one session counts for."""
    state = one.treated.state
    early = state.dose.stopped_early
    yield Key(Code.SESSIONS), one.counted(state.dose.text, 1)
    yield Key(Code.STOPPED_EARLY), one.yes_no(early, "stopped early", "complete")
    yield from of_effects(one)
    yield from of_pressure(one)
    yield from of_leaving(one)
    yield from of_readings(one)
    yield from of_alerts(one)


def of_form(one: One, form: Form, today: date) -> Counted:
    """Whether its form was sent by the last day; until then it waits."""
    if form.sent_on is not None:
        return one.yes_no(form.sent_on <= form.due_on, "sent in time", "sent late")
    if today <= form.due_on:
        return one.counted("its last day is not over", None, waiting=True)
    return one.counted("not sent", 0)


def of_effects(one: One) -> Found:
    """Side effects seen in the session, each term once; what the registry asks; serious events."""
    plan, state = one.treated.plan, one.treated.state
    worst: dict[str, Severity] = {}
    for effect in state.side_effects:
        before = worst.get(effect.term, effect.peak_severity)
        worst[effect.term] = max(before, effect.peak_severity, key=lambda said: said.rank)
    for term, severity in worst.items():
        severe = severity is not Severity.MILD
        yield Key(Code.EFFECT, term), one.counted(severity.value, 1, severe=severe)
    yield Key(Code.SEDATION), known(one, registry.sedation(plan, state))
    yield Key(Code.DISSOCIATION), known(one, registry.dissociation(plan, state))
    serious = sum(effect.serious for effect in state.side_effects)
    yield Key(Code.SERIOUS), one.counted(f"{serious} serious", serious)


def known(one: One, answer: str | None) -> Counted:
    """Yes, no, or not known; while she is there, not known is not missing yet."""
    if answer in (UNKNOWN, None):
        waits = one.left_at is None
        return one.counted(STILL_THERE if waits else "a score is missing", None, waiting=waits)
    return one.yes_no(answer == YES, "yes", "no")


def of_pressure(one: One) -> Found:
    """The highest rise on both sides, and whether pressure was taken near its peak."""
    row, state = one.row, one.treated.state
    at_peak = [
        reading
        for reading in measured(one.treated, BLOOD_PRESSURE, after=True)
        if reading.minute is not None
        and one.rules.pressure_from_minute <= reading.minute <= one.rules.pressure_to_minute
    ]
    elapsed = minutes_between(one.t0, one.left_at or state.now)
    waits = one.left_at is None and elapsed <= one.rules.pressure_to_minute and not at_peak
    peak = one.yes_no(bool(at_peak), "taken", "not taken")
    yield (
        Key(Code.PRESSURE_AT_PEAK),
        one.counted(STILL_THERE, None, waiting=True) if waits else peak,
    )
    incomplete = one.rules.rise_needs_that_pressure and not at_peak
    for code, value in ((Code.RISE_SYSTOLIC, row.systolic), (Code.RISE_DIASTOLIC, row.diastolic)):
        yield Key(code), rise(one, None if incomplete else value, waits=waits)
    over = None if row.systolic is None else int(row.rise_outside)
    said = "rise not known" if over is None else "at or over its limit" if over else "below"
    yield Key(Code.RISE_OVER), one.counted(said, over, waiting=over is None and waits)


def rise(one: One, value: int | None, *, waits: bool) -> Counted:
    """A rise in mmHg, or that the session is incomplete."""
    said = "incomplete" if value is None else f"{value:+d} mmHg"
    return one.counted(said, value, waiting=value is None and waits)


def of_leaving(one: One) -> Found:
    """When she was ready, said to be ready, and left; whether that was too soon."""
    readiness, dose = one.treated.state.readiness, one.treated.state.dose
    yield Key(Code.READY), minutes(one, one.t0, readiness.ready_at, "criteria never all met")
    stated = readiness.would_have_been_ready_minutes
    yield Key(Code.READY_SAID), stay(one, stated, "no statement")
    yield Key(Code.LEFT), minutes(one, one.t0, one.left_at, "")
    if one.treated.plan.dose.infusion is not None:
        yield Key(Code.LEFT_AFTER_STOP), minutes(one, dose.stopped_at, one.left_at, "no stop")
    if one.left_at is None:
        yield Key(Code.UNDER_MINIMUM), one.counted(STILL_THERE, None, waiting=True)
    else:
        under = not readiness.minimum_stay_met
        yield Key(Code.UNDER_MINIMUM), one.yes_no(under, "under the minimum", "stayed as long")


def minutes(one: One, begins: datetime | None, ends: datetime | None, why_not: str) -> Counted:
    """Whole minutes between two moments of a session that she has left."""
    there = begins is not None and ends is not None
    return stay(one, minutes_between(begins, ends) if there else None, why_not)  # type: ignore[arg-type]


def stay(one: One, value: int | None, why_not: str) -> Counted:
    """So many minutes; while she is there, nothing is missing."""
    if one.left_at is None:
        return one.counted(STILL_THERE, None, waiting=True)
    return one.counted(why_not if value is None else f"{value} min", value)


def of_readings(one: One) -> Found:
    """Whether every slot is filled, and how many signs were on time; what was due after she left is
    not asked for."""
    signs = [
        sign
        for slot in one.treated.state.slots
        for sign in slot.signs
        if sign.reason != LEFT_BEFORE
    ]
    over = [sign for sign in signs if sign.status in OVER]
    on_time = sum(sign.status is SlotStatus.DONE for sign in over)
    if one.left_at is None:
        yield Key(Code.VITALS), one.counted(STILL_THERE, None, waiting=True)
    else:
        yield Key(Code.VITALS), all_there(one, signs)
    if over:
        said = f"{on_time} of {len(over)} on time"
        yield Key(Code.ON_TIME), one.counted(said, on_time, of=len(over))


def all_there(one: One, signs: list[SlotSign]) -> Counted:
    """Whether every required sign has a value in every slot."""
    gaps = sum(sign.status not in MEASURED for sign in signs)
    return one.yes_no(not gaps, "all there", f"{gaps} without a value")


def of_alerts(one: One) -> Found:
    """How many there were, and how soon each that called was taken up."""
    alerts = one.treated.state.alerts
    yield Key(Code.ALERTS), one.counted(f"{len(alerts)} alerts", len(alerts))
    for alert in alerts:
        if alert.silent or alert.raised_in_error:
            continue
        said = f"{alert.sign.replace('_', ' ')}, {alert.level.value}"
        if alert.acknowledged_at is None:
            yield (
                Key(Code.ACKNOWLEDGED),
                one.counted(f"{said}: nobody", None, waiting=alert.is_open),
            )
        else:
            took = minutes_between(alert.opened_at, alert.acknowledged_at)
            yield Key(Code.ACKNOWLEDGED), one.counted(f"{said}: {took} min", took)
