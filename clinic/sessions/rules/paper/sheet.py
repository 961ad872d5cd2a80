"""This file is about the file itself: its letters, its separator, its heading, its lines in time.

Heading lines say a name and a value; the table begins with the line whose first cell is "time".
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COLUMNS = ("time", "BP", "HR", "RR", "SpO2", "MOAA/S", "dissociation", "events", "note")
SEPARATORS = ",;\t"
HEAD = re.compile(rf'\s*"?time"?\s*[{SEPARATORS}]', re.I)
IDENTITY = ("number", "born", "date")
# A clock that falls back by more than this has passed midnight; by less, the line stands wrong.
MIDNIGHT = timedelta(hours=12)
MOST_LINES = 150  # of one session; nobody else can save while a sheet is stored


@dataclass(frozen=True)
class Fault:
    """Why a line, or something it says, was not taken. `line`: its number in the file."""

    line: int
    reason: str


@dataclass(frozen=True)
class Written:
    """One line of the table: its number in the file, its moment in UTC, its cells by column."""

    line: int
    at: datetime
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """`heading` by name, in small letters. `faults`: lines that could not be placed in time."""

    heading: Mapping[str, str]
    lines: tuple[Written, ...]
    faults: tuple[Fault, ...]

    @property
    def on_air(self) -> bool:
        """Whether the sheet says that SpO2 is on room air unless oxygen is written beside it."""
        return "room air" in self.heading.get("oxygen", "").casefold()


def read_sheet(content: bytes, zone: ZoneInfo) -> Sheet:
    """Read a flowsheet, also as a spreadsheet program saves it. Times are of the wall in `zone`.

    ValueError, in a sentence, when it is no flowsheet or does not say whose it is and when.
    """
    rows = list(table_of(letters_of(content)))
    start = next((n for n, (_, cells) in enumerate(rows) if named(cells[0]) == "time"), None)
    if start is None:
        raise ValueError('This is no flowsheet: no line begins with "time".')
    if len(rows) - start - 1 > MOST_LINES:
        raise ValueError(
            f"A sheet has at most {MOST_LINES} lines below its head; send it in parts."
        )
    heading = {named(cells[0]): cells[1].strip() for _, cells in rows[:start] if len(cells) > 1}
    missing = [name for name in IDENTITY if not heading.get(name)]
    if missing:
        raise ValueError(f"The heading does not say: {', '.join(missing)}.")
    columns = columns_of(rows[start][1])
    lines, faults = placed(rows[start + 1 :], columns, day_of(heading["date"]), zone)
    return Sheet(heading, tuple(lines), tuple(faults))


def letters_of(content: bytes) -> str:
    """The text, from UTF-8 or UTF-16 with a mark, UTF-8, or what older spreadsheets write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def table_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, each with its number and its cells."""
    head = next((line for line in text.splitlines() if HEAD.match(line)), "")
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as broken:
        raise ValueError(f"Line {reader.line_num} cannot be read: {broken}.") from broken


def named(cell: str) -> str:
    """A name as it is compared."""
    return cell.strip().strip('"').casefold()


def columns_of(cells: list[str]) -> list[str]:
    """The columns as we call them. ValueError for one that nobody knows, or one that is missing."""
    known = {named(column): column for column in COLUMNS}
    strange = [cell for cell in cells if cell.strip() and named(cell) not in known]
    missing = [column for key, column in known.items() if key not in map(named, cells)]
    if strange or missing:
        words = [f"unknown: {', '.join(strange)}"] * bool(strange)
        words += [f"missing: {', '.join(missing)}"] * bool(missing)
        raise ValueError(f"The columns are {', '.join(COLUMNS)}; {'; '.join(words)}.")
    return [known.get(named(cell), "") for cell in cells]


def day_of(words: str) -> date:
    """A day as 2026-03-12, or as 12.03.2026. ValueError for anything else."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"Write the day as 2026-03-12, not {words!r}.")


def placed(
    rows: Iterable[tuple[int, list[str]]], columns: list[str], day: date, zone: ZoneInfo
) -> tuple[list[Written], list[Fault]]:
    """The lines in time; one without a time, or out of order, is a fault."""
    lines: list[Written] = []
    faults: list[Fault] = []
    latest: datetime | None = None
    for number, cells in rows:
        said = {c: cell.strip() for c, cell in zip(columns, cells, strict=False) if c}
        try:
            latest = moment_of(said.get("time", ""), latest, day, zone)
        except ValueError as fault:
            faults.append(Fault(number, str(fault)))
        else:
            lines.append(Written(number, latest, said))
        if any(cell.strip() for cell in cells[len(columns) :]):
            faults.append(
                Fault(number, "There is more than the columns hold; put quotes round it.")
            )
            lines = [line for line in lines if line.line != number]
    return lines, faults


def moment_of(words: str, latest: datetime | None, day: date, zone: ZoneInfo) -> datetime:
    """The moment of a wall clock after the one before, in UTC: past midnight, or in an hour that
    the wall shows twice. ValueError in a sentence when there is none."""
    clock = clock_of(words)
    here = latest.astimezone(zone).date() if latest else day
    first, second = (on_the_wall(here, clock, zone, fold) for fold in (0, 1))
    if first is None:
        raise ValueError(f"The clocks went forward over {words}: there was no such time.")
    for moment in (first, second):
        if latest is None or (moment and moment >= latest):
            return moment or first
    if latest and latest - first < MIDNIGHT:
        above = latest.astimezone(zone)
        raise ValueError(f"{words} is earlier than {above:%H:%M} above it. Put the lines in order.")
    return on_the_wall(here + timedelta(days=1), clock, zone, 0) or first


def clock_of(words: str) -> time:
    """A time of day, 9:05 or 09:05 or 09:05:00. ValueError for anything else."""
    for form in ("%H:%M", "%H:%M:%S"):
        try:
            return datetime.strptime(words, form).time()  # noqa: DTZ007 - a clock has no zone
        except ValueError:
            continue
    raise ValueError(f"Write the time as 09:05, not {words!r}." if words else "There is no time.")


def on_the_wall(day: date, clock: time, zone: ZoneInfo, fold: int) -> datetime | None:
    """A day and a clock as a moment in UTC; None in the hour that a change of clocks leaves out."""
    wall = datetime.combine(day, clock, zone).replace(fold=fold)
    moment = wall.astimezone(UTC)
    return (
        moment
        if moment.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
        else None
    )


def stranger(sheet: Sheet, *, number: str, born_on: date, planned_on: date) -> str | None:
    """Why a sheet is not of this woman and this day, in a sentence; None when it is."""
    if sheet.heading["number"].casefold() != number.casefold():
        return f"This sheet is of {sheet.heading['number']}, the session is of {number}."
    if day_of(sheet.heading["born"]) != born_on:
        return f"The date of birth on the sheet is not that of {number}."
    if day_of(sheet.heading["date"]) != planned_on:
        return f"This sheet is of {sheet.heading['date']}, the session of {planned_on}."
    return None
