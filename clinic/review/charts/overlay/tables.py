"""This file is about what the overlay draws, as a table and a sentence: the same numbers."""

from collections.abc import Iterator

from clinic.review.charts.tables import Cells, Table
from clinic.review.rules.evidence import plus, signed
from clinic.review.rules.overlay import (
    SIGNS,
    Back,
    Figures,
    Line,
    Overlay,
    Return,
    Value,
    figures_of,
)

HEADS = (
    "Session",
    "Minute",
    "Systolic",
    "Diastolic",
    "Dissociation",
    "MOAA/S",
    "HR",
    "SpO₂",
    "Systolic change",
    "Diastolic change",
    "HR change",
    "SpO₂ change",
)
CHANGES = ("systolic", "diastolic", "heart_rate", "spo2")


def overlay_table(overlay: Overlay) -> Table:
    """Every reading of every session, those that are drawn as a range too."""
    cells = tuple(row for line in overlay.lines for row in rows_of(line))
    return Table(
        "overlay", "Readings by minutes from the first dose", HEADS, cells, "No reading yet"
    )


def rows_of(line: Line) -> Iterator[Cells]:
    """One row for each minute; nothing said of a sign is an empty cell, a gap is a word."""
    minutes = sorted({one.minute for sign in SIGNS for one in line.values[sign]})
    for minute in minutes:
        found = {sign: at(line, sign, minute) for sign in SIGNS}
        values = tuple(cell(found[sign]) for sign in SIGNS)
        changes = tuple(change(found[sign]) for sign in CHANGES)
        yield str(line.number), str(minute).replace("-", "−"), *values, *changes


def at(line: Line, sign: str, minute: int) -> list[Value]:
    """What is known of a sign at a minute."""
    return [one for one in line.values[sign] if one.minute == minute]


def cell(found: list[Value]) -> str:
    """The number, or why there is none."""
    return ", ".join(one.word if one.value is None else str(one.value) for one in found)


def change(found: list[Value]) -> str:
    """`+46`."""
    known = [one.change for one in found if one.change is not None]
    return ", ".join("0" if number == 0 else signed(number) for number in known)


def side_by_side(overlay: Overlay) -> list[tuple[Line, Cells, bool]]:
    """Each session with its figures as words, and whether its peak is beyond a limit."""
    found = [figures_of(line) for line in overlay.lines]
    return [(one.line, figure_cells(one), bool(one.peak and one.peak.outside)) for one in found]


def figure_cells(found: Figures) -> Cells:
    """`138/86`, 40, 0, 60, 2, 90, 5."""
    peak, raised = found.peak, found.raised
    return (
        f"{peak.systolic}/{peak.diastolic}" if peak else "?",
        str(peak.minute) if peak else "?",
        "?" if raised is None else f"{'≥ ' if raised.at_least else ''}{raised.minutes}",
        back_words(found.near),
        str(found.dissociation.score) if found.dissociation else "?",
        back_words(found.to_zero),
        str(found.sedation.score) if found.sedation else "?",
    )


def back_words(found: Return) -> str:
    """A minute; `–` where nothing was away, `not yet`, `?` where nothing is known."""
    words = {Back.NEVER_AWAY: "–", Back.NOT_YET: "not yet", Back.UNKNOWN: "?"}
    return words[found.how] if found.minute is None else str(found.minute)


def finding(overlay: Overlay) -> str:
    """What the picture shows, for those who cannot see it."""
    parts = [f"{len(overlay.lines)} session{'s' if len(overlay.lines) != 1 else ''}"]
    for line in overlay.lines:
        found = figures_of(line)
        peak = found.peak
        words = f"{peak.systolic}/{peak.diastolic} at {peak.minute} min" if peak else "no pressure"
        rise = f", {plus(*found.rise)}" if found.rise else ""
        parts.append(f"session {line.number}, {line.dose}: highest {words}{rise}")
    return "; ".join(parts) + ". The same values are in the table."
