"""This file is about the figures of a period together: by key, with what stands beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from clinic.courses.rules import EndReason
from clinic.reports.rules.outcomes.counted import Key
from clinic.reports.rules.outcomes.definitions import Code, Definition, Definitions
from clinic.reports.rules.outcomes.facts import Read
from clinic.reports.rules.outcomes.gathering import Gathering
from clinic.reports.rules.outcomes.summary import Summary, summarize

PER_EFFECT = (Code.EFFECT, Code.EFFECT_PATIENT)
PER_MOMENT = (Code.RESPONSE, Code.REMISSION, Code.CHANGE, Code.SUICIDALITY)
OTHER = tuple(code for code in Code if code not in (*PER_EFFECT, *PER_MOMENT))


@dataclass(frozen=True)
class Pinned:
    """What courses have pinned for a moment, and how many of them did."""

    moment: str
    definition: str
    courses: int


@dataclass(frozen=True)
class Report:
    """The figures of a period. `moments` and `terms`: code -> words, in their order; `ended`: why
    courses ended -> how many; `whys`: figure -> why something is missing -> how often."""

    rules: Definitions
    figures: Mapping[Key, Summary]
    patients: int
    moments: Mapping[str, str]
    terms: Mapping[str, str]
    ended: Mapping[str, int]
    whys: Mapping[Key, Mapping[str, int]]
    pinned: tuple[Pinned, ...]
    without_scale: int

    def __getitem__(self, code: str) -> Summary:
        return self.at(code)

    def at(self, code: str, part: str = "") -> Summary:
        """One figure; of nothing, where nothing was counted."""
        return self.figures[Key(code, part)]

    def definition(self, key: Key) -> Definition:
        """What a figure means."""
        return self.rules[key.code]

    def title(self, key: Key) -> str:
        """`Response, day 7`, `Side effects: nausea`."""
        title, part = self.rules[key.code].title, key.part
        if part in self.moments:
            return f"{title}, {self.moments[part].lower()}"
        return f"{title}: {self.terms.get(part, part).lower()}" if part else title

    @property
    def running(self) -> int:
        """Courses that go on."""
        return self.ended.get("running", 0)

    @property
    def finished(self) -> int:
        """Courses that ended as planned."""
        return self.ended.get(EndReason.COMPLETED.value, 0)


def report_of(found: Gathering) -> Report:
    """What was gathered, as figures; each of them is there, of nothing too."""
    terms = by_number(found)
    keys = [Key(code) for code in OTHER]
    moments = {code: text for code, (_, text) in sorted(found.moments.items(), key=when)}
    keys += [Key(code, moment) for code in PER_MOMENT for moment in moments]
    keys += [Key(code, term) for code in PER_EFFECT for term in terms]
    return Report(
        rules=found.scope.rules,
        figures={key: of(found, key) for key in keys},
        patients=len(found.patients),
        moments=moments,
        terms={term: found.words.get(term, term.capitalize()) for term in terms},
        ended=dict(found.ended),
        whys={key: dict(tally.whys) for key, tally in found.tallies.items() if tally.missing},
        pinned=pinned(found.definitions.items(), list(moments.values())),
        without_scale=found.without_scale,
    )


def of(found: Gathering, key: Key) -> Summary:
    """One figure; side effects are told among all sessions, or all patients."""
    among = {
        Code.EFFECT.value: found.tallies[Key(Code.SESSIONS)].n,
        Code.EFFECT_PATIENT.value: len(found.patients),
    }.get(key.code)
    return summarize(key, found.tallies[key], found.scope.rules, among)


def by_number(found: Gathering) -> Sequence[str]:
    """The side effects, those of most sessions first."""
    terms = {key.part: tally.n for key, tally in found.tallies.items() if key.code == Code.EFFECT}
    return sorted(terms, key=lambda term: (-terms[term], term))


def when(moment: tuple[str, Read]) -> timedelta:
    """How long after the first dose it is."""
    return moment[1][0]


def pinned(
    found: Iterable[tuple[tuple[str, str], int]], moments: Sequence[str]
) -> tuple[Pinned, ...]:
    """The definitions by moment, as the moments come; of one moment that of most courses first."""
    rows = [Pinned(moment, definition, courses) for (moment, definition), courses in found]
    place = {moment: n for n, moment in enumerate(moments)}
    return tuple(
        sorted(rows, key=lambda row: (place.get(row.moment, len(place)), row.moment, -row.courses))
    )
