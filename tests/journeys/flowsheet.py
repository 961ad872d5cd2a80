"""This file is about flowsheets: a session as a clinic keeps it on paper, read into words.

A sheet is a CSV file: some lines of heading, then one line for each moment. Times are those of the
clinic's wall clock; a time earlier than the one above it belongs to the next day. Nothing here
knows the program.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent.parent / "data" / "flowsheets"
ZONE = ZoneInfo("Europe/Dublin")
NAMES = sorted(p.stem for p in FOLDER.glob("*.csv") if not p.stem.endswith(".expected"))
READINGS = ("BP", "HR", "RR", "SpO2", "MOAA/S", "dissociation")

EVENTS = {
    name: re.compile(pattern)
    for name, pattern in {
        "arrives": r"arrives",
        "list-answered": r"list before the dose answered",
        "device": r"device (?P<number>\d) (?P<outcome>complete|partial) "
        r"lot (?P<lot>\S+) exp (?P<expires>\S+)",
        "dosing-stopped": r"dosing stopped: (?P<why>.+)",
        "onset": r"(?P<term>[a-z-]+) (?P<severity>mild|moderate|severe)",
        "over": r"(?P<term>[a-z-]+) over",
        "acknowledged": r"acknowledged (?P<sign>[^:]+): (?P<action>.+)",
        "closes": r"psychiatrist closes (?P<sign>[^:]+): (?P<why>.+)",
        "oxygen": r"oxygen (?P<flow>\d+ L)",
        "medicine": r"(?P<drug>[a-z]+) (?P<dose>\d+ mg) (?P<route>[a-z]+) ordered by (?P<by>.+)",
        "corrects": r"corrects (?P<time>\S+) BP (?P<pressure>\S+) because (?P<why>.+)",
        "corrects-lot": r"corrects device (?P<number>\d) lot (?P<lot>\S+) because (?P<why>.+)",
        "corrects-severity": r"corrects (?P<term>[a-z-]+) to (?P<severity>mild|moderate|severe) "
        r"because (?P<why>.+)",
        "would-have-been-ready": r"would have been ready at minute (?P<minutes>\d+)",
        "leaves": r"leaves",
    }.items()
}

# What is asked before she leaves, as it is said on paper, and the items it answers.
ASKED = {
    "walks steadily": {"steady-walk": "yes"},
    "suicide risk asked, none": {"suicide-risk-asked": "yes", "suicide-risk-found": "no"},
    "escort here": {"escort-arrived": "yes"},
    "baby cared for tonight": {"infant-cover": "yes"},
    "no driving understood": {"no-driving": "yes"},
    "advice given": {"advice-given": "yes"},
}


@dataclass(frozen=True)
class Event:
    """One event: its name, and the words that belong to it."""

    name: str
    words: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, word: str) -> str:
        return self.words[word]


@dataclass(frozen=True)
class Row:
    """One line. `at`: when it happened; `written_at`: when it was written down. Both in UTC."""

    at: datetime
    written_at: datetime
    readings: dict[str, str]
    events: tuple[Event, ...]
    note: str


@dataclass(frozen=True)
class Sheet:
    """One session. `heading` holds what the lines above the table say."""

    name: str
    heading: dict[str, str]
    rows: tuple[Row, ...]

    def day(self, line: str) -> date:
        return date.fromisoformat(self.heading[line])

    @property
    def planned_at(self) -> datetime:
        planned = time.fromisoformat(self.heading["planned"])
        return datetime.combine(self.day("date"), planned, ZONE).astimezone(UTC)

    @property
    def mg(self) -> str:
        return self.heading["dose"].split()[0]

    @property
    def pause_hours(self) -> str | None:
        """Hours as digits, or None where none was agreed."""
        pause = self.heading["agreed pause"]
        return None if pause == "none" else pause.split()[0]

    @property
    def is_breastfeeding(self) -> bool:
        return self.heading["breastfeeding"] == "yes"

    def events(self, name: str) -> list[tuple[datetime, Event]]:
        """The events of a name with their times, in order."""
        return [(row.at, event) for row in self.rows for event in row.events if event.name == name]

    def rows_as_written(self) -> list[Row]:
        """In the order in which somebody wrote them down."""
        return sorted(self.rows, key=lambda row: row.written_at)


def sheet(name: str) -> Sheet:
    """Read a sheet. ValueError: an event that nobody knows."""
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    start = next(number for number, line in enumerate(lines) if line[0] == "time")
    heading = {line[0]: line[1] for line in lines[:start]}
    columns = lines[start]
    table = [dict(zip(columns, line, strict=True)) for line in lines[start + 1 :]]
    return Sheet(name, heading, tuple(_rows(table, date.fromisoformat(heading["date"]))))


def _rows(table: list[dict[str, str]], day: date) -> Iterator[Row]:
    latest = time.min
    for line in table:
        clock = time.fromisoformat(line["time"])
        day += timedelta(days=clock < latest)
        latest = clock
        words = [part.strip() for part in line["events"].split(";") if part.strip()]
        written = [part.removeprefix("written ") for part in words if part.startswith("written ")]
        said = tuple(_event(part) for part in words if not part.startswith("written "))
        readings = {name: line[name] for name in READINGS if line[name]}
        at = _utc(day, clock)
        written_at = _utc(day, time.fromisoformat(written[0])) if written else at
        yield Row(at, written_at, readings, said, line["note"])


def _utc(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


def _event(words: str) -> Event:
    if words in ASKED:
        return Event("asked", ASKED[words])
    for name, pattern in EVENTS.items():
        if found := pattern.fullmatch(words):
            return Event(name, found.groupdict())
    raise ValueError(f"Nobody knows the event {words!r}.")
