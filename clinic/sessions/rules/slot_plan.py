"""This file is about which slots a session has and when each is due (definitions D1.2, D1.5)."""

from dataclasses import dataclass
from datetime import datetime

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.infusion import infused
from clinic.sessions.rules.moments import minutes, minutes_between


@dataclass(frozen=True)
class PlannedSlot:
    """`due_at` None: not known yet (no T0, or an infusion that has not stopped).

    A reading belongs to it from `opens_at` up to, not including, `closes_at` (None: open end).
    """

    key: str
    label: str
    minute: int | None
    due_at: datetime | None
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        if self.due_at is None or self.opens_at is None or moment < self.opens_at:
            return False
        return self.closes_at is None or moment < self.closes_at


def planned_slots(basis: Basis) -> list[PlannedSlot]:
    """All slots in order, with the span in which a reading fills each."""
    offsets = _offsets(basis)
    due = [at for _, _, _, at in offsets]
    slots = []
    for index, (key, label, minute, due_at) in enumerate(offsets):
        following = next((later for later in due[index + 1 :] if later), None)
        opens_at, closes_at = _span(basis.plan, due_at, following, baseline=index == 0)
        slots.append(PlannedSlot(key, label, minute, due_at, opens_at, closes_at))
    return slots


def _span(
    plan: SessionPlan, due: datetime | None, following: datetime | None, *, baseline: bool
) -> tuple[datetime | None, datetime | None]:
    """From due - 5 up to the next due - 5, and always to due + 5 (all by the protocol).

    The baseline opens with the window before T0 and cannot be made up for later.
    """
    if due is None:
        return None, None
    on_time = minutes(plan.schedule.on_time_minutes)
    after_on_time = due + on_time + minutes(1)
    if baseline:
        return due - minutes(plan.baseline.window_minutes), after_on_time
    if following is None:
        return due - on_time, None
    return due - on_time, max(after_on_time, following - on_time)


def _offsets(basis: Basis) -> list[tuple[str, str, int | None, datetime | None]]:
    schedule, t0 = basis.plan.schedule, basis.t0
    marks = list(schedule.slots)
    stop = infused(basis.log).stopped_at
    if schedule.every_minutes is not None:
        marks += _during(basis, schedule.every_minutes, stop)
    offsets: list[tuple[str, str, int | None, datetime | None]] = [
        (f"m{m}", f"{m} min" if m else "Baseline", m, t0 and t0 + minutes(m)) for m in marks
    ]
    for after in schedule.after_stop:
        due_at = stop + minutes(after) if stop and t0 else None
        minute = minutes_between(t0, due_at) if t0 and due_at else None
        offsets.append((f"s{after}", f"stop + {after} min", minute, due_at))
    return offsets


def _during(basis: Basis, every: int, stop: datetime | None) -> list[int]:
    """To the stop; while it runs, to the planned end, and on if it is late."""
    infusion = basis.plan.dose.infusion
    last = infusion.planned_minutes if infusion else 0
    if basis.t0 is None:
        return list(range(every, last + 1, every))
    if stop is not None:
        return list(range(every, minutes_between(basis.t0, stop) + 1, every))
    while basis.reached(basis.t0 + minutes(last + 1)):
        last += every
    return list(range(every, last + 1, every))
