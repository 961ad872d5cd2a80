"""This file is about adding up a period course by course: of each figure its numbers, no record."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from clinic.reports.rules.outcomes.counted import Counted, Key
from clinic.reports.rules.outcomes.definitions import Code
from clinic.reports.rules.outcomes.facts import CourseFacts, Dated, Read
from clinic.reports.rules.outcomes.scope import Scope

Found = Iterator[tuple[Key, Counted]]
# A side effect adds where it was seen; told is how often among all of these.
AMONG = {Code.EFFECT.value: Code.SESSIONS, Code.EFFECT_PATIENT.value: Code.PATIENTS}


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
    moments: dict[str, Read] = field(default_factory=dict)
    definitions: Counter[tuple[str, str]] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    without_scale: int = 0

    def add(self, course: CourseFacts) -> None:
        """Add one course."""
        for key, one in self.found(course):
            self.tallies[key].add(one)
        self.note(course)

    def found(self, course: CourseFacts) -> Found:
        """All that a course adds, each with what it adds to."""
        if self.scope.holds(course.first_dose_at):
            yield from course.of_course
        within = [dated for dated in course.of_sessions if self.scope.holds(dated[0])]
        if within and course.patient_id not in self.patients:
            yield Key(Code.PATIENTS), treated(course, within)
        for _, key, one in within:
            self.patients.add(course.patient_id)
            yield key, one
            if key.code == Code.EFFECT and (course.patient_id, key.part) not in self.felt:
                self.felt.add((course.patient_id, key.part))
                yield Key(Code.EFFECT_PATIENT, key.part), one
        for closes_at, key, one in course.of_follow_ups:
            if self.scope.holds(closes_at):
                yield key, one

    def rows(self, course: CourseFacts, key: Key, whole: "Gathering") -> Iterator[Counted]:
        """What a figure looks at in a course. A side effect looks at each session, or woman, and
        at whether it was seen there; `whole`: everything, gathered before."""
        found = list(self.found(course))
        among = AMONG.get(key.code)
        seen = {one.session_id: one for of, one in found if of == Key(Code.EFFECT, key.part)}
        for of, one in found:
            if among is None and of == key:
                yield one
            elif of.code == Code.SESSIONS == among:
                yield seen.get(one.session_id) or replace(one, said="not seen", value=0)
            elif of.code == Code.PATIENTS == among:
                felt = (one.patient_id, key.part) in whole.felt
                yield replace(one, said="seen" if felt else "not seen", value=int(felt))

    def note(self, course: CourseFacts) -> None:
        """The words of what was counted."""
        self.words |= course.terms
        if not self.scope.holds(course.first_dose_at):
            return
        self.moments |= course.moments
        self.ended[course.ended] += 1
        self.without_scale += not course.pinned
        self.definitions.update(course.pinned)

    def risk_answers(self, answers: Iterable[Counted]) -> None:
        """Add the answers that needed a response; they come from another list."""
        for one in answers:
            self.tallies[Key(Code.RISK_ANSWER)].add(one)


def treated(course: CourseFacts, within: Sequence[Dated]) -> Counted:
    """A woman, once, with how many sessions her course had in the period."""
    n = sum(key.code == Code.SESSIONS for _, key, _ in within)
    said = f"{n} session{'s' if n != 1 else ''}"
    return Counted(course.course_id, said, 1, patient_id=course.patient_id)
