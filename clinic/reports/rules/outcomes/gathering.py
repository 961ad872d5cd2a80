"""This file is about adding up a period course by course: of each figure its numbers, no record."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from clinic.followups.rules import State
from clinic.reports.rules.outcomes.counted import Counted, Key
from clinic.reports.rules.outcomes.courses import badges_of, of_course
from clinic.reports.rules.outcomes.definitions import Code
from clinic.reports.rules.outcomes.scope import Followed, Scope
from clinic.reports.rules.outcomes.sessions import of_sessions

Found = Iterator[tuple[Key, Counted]]
REACHED = {State.DONE: 1, State.MISSED: 0, State.OVERDUE: 0}


@dataclass
class Tally:
    """What a figure is computed from. `watched`: times, and whether an event ended them; `whys`:
    how often each reason left something out."""

    n: int = 0
    missing: int = 0
    waiting: int = 0
    of: int = 0
    severe: int = 0
    values: list[float] = field(default_factory=list)
    watched: list[tuple[float, bool]] = field(default_factory=list)
    whys: Counter[str] = field(default_factory=Counter)

    def add(self, one: Counted) -> None:
        """Add one of those that the figure looked at."""
        if one.value is None:
            self.waiting += one.waiting
            self.missing += one.missing
            if one.missing:
                self.whys[one.said] += 1
            return
        self.n += 1
        self.of += one.of
        self.severe += one.severe
        self.values.append(one.value)
        if one.event is not None:
            self.watched.append((one.value, one.event))


@dataclass
class Gathering:
    """The figures so far. Of a patient with a side effect only her first is counted by patient.

    `definitions`: what the counted courses have pinned for each moment, and how many courses did;
    `without_scale`: courses that have not pinned the scale that was asked for.
    """

    scope: Scope
    tallies: dict[Key, Tally] = field(default_factory=lambda: defaultdict(Tally))
    patients: set[UUID] = field(default_factory=set)
    felt: set[tuple[UUID, str]] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)
    moments: dict[str, str] = field(default_factory=dict)
    definitions: Counter[tuple[str, str]] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    without_scale: int = 0

    def add(self, course: Followed) -> None:
        """Add one course."""
        for key, one in self.found(course):
            self.tallies[key].add(one)
        self.note(course)

    def found(self, course: Followed) -> Found:
        """All that a course adds, each with what it adds to."""
        yield from of_course(course, self.scope)
        for key, one in of_sessions(course, self.scope):
            self.patients.add(course.patient_id)
            yield key, one
            if key.code == Code.EFFECT and (course.patient_id, key.part) not in self.felt:
                self.felt.add((course.patient_id, key.part))
                yield Key(Code.EFFECT_PATIENT, key.part), one
        yield from follow_ups(course, self.scope)

    def note(self, course: Followed) -> None:
        """The words of what was counted."""
        record = course.record
        for treated, _ in record.treated:
            self.words |= {one.code: one.text for one in treated.plan.side_effects.terms}
        if not self.scope.holds(record.first_dose_at):
            return
        self.moments |= {window.moment.code: window.text for window in record.windows}
        self.ended[course.stops_for.value if course.stops_for else "running"] += 1
        badges = badges_of(record, self.scope.cohort.scale)
        self.without_scale += not badges
        self.definitions.update(
            (badge.text, f"{badge.title}. {badge.definition}") for badge in badges
        )

    def risk_answers(self, answers: Iterable[Counted]) -> None:
        """Add the answers that needed a response; they come from another list."""
        for one in answers:
            self.tallies[Key(Code.RISK_ANSWER)].add(one)


def follow_ups(course: Followed, scope: Scope) -> Found:
    """The follow-ups whose window closes in the period."""
    for due in course.follow_ups:
        if not scope.holds(due.closes_at):
            continue
        reached, number = REACHED.get(due.state), due.dose.number if due.session_id else None
        one = Counted(
            course.id,
            f"{due.text}: {due.state.value}",
            reached,
            due.session_id,
            number,
            course.patient_id,
            waiting=reached is None,
        )
        yield Key(Code.FOLLOWED_UP), one
