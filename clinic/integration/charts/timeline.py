"""This file is about the timeline as a whole: doses on top, rows below, today, and its finding."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.integration.charts.axis import LEFT, RIGHT, WIDTH, Axis, Tick, axis_of
from clinic.integration.charts.material import DoseMark, Material, Row
from clinic.integration.charts.rows import rows
from clinic.integration.rules import Given

TOP, ROW, FOOT = 58, 43, 44


@dataclass(frozen=True)
class Timeline:
    """What the page draws, in units of its view box. Row n has its middle at `middle(n)`."""

    width: int
    left: float
    right: float
    ticks: tuple[Tick, ...]
    doses: tuple[DoseMark, ...]
    rows: tuple[Row, ...]
    today: float
    finding: str

    @property
    def bottom(self) -> int:
        """Where the last row ends."""
        return TOP + ROW * len(self.rows)

    @property
    def height(self) -> int:
        """With the weeks below."""
        return self.bottom + FOOT

    def middle(self, n: int) -> float:
        """The middle of a row, from 0."""
        return TOP + ROW * n + ROW / 2


def timeline(material: Material) -> Timeline:
    """Everything beside the drug on the axis of the doses."""
    moments = [
        *[dose.t0 for dose in material.doses],
        *[dose.at for dose in material.planned],
        *[visit.starts_at for visit in material.visits],
    ]
    axis = axis_of(moments, material.opened_on, material.now, material.timezone)
    found = tuple(rows(axis, material))
    return Timeline(
        width=WIDTH,
        left=LEFT,
        right=RIGHT,
        ticks=tuple(axis.ticks(material.birth_on)),
        doses=tuple(dose_marks(axis, material)),
        rows=found,
        today=axis.x(material.now),
        finding=finding(material, found),
    )


def dose_marks(axis: Axis, material: Material) -> Iterator[DoseMark]:
    """Given doses with their number, then those that are planned."""
    for dose in material.doses:
        yield DoseMark(axis.x(dose.t0), dose.number, in_short(dose))
    for planned in material.planned:
        yield DoseMark(axis.x(planned.at), None, f"{planned.mg.normalize():f}")


def in_short(dose: Given) -> str:
    """`56`; `28+` when a part is not known, `?` when nothing is."""
    known = f"{dose.known_mg.normalize():f}" if dose.known_mg else ""
    if "unknown" in dose.text:
        return f"{known}+" if known else "?"
    return known or "?"


def finding(material: Material, found: tuple[Row, ...]) -> str:
    """What the timeline shows, for those who cannot see it."""
    n = len(material.doses)
    first = f"{n} dose{'s' if n != 1 else ''} given, {len(material.planned)} planned."
    return " ".join([first, *map(sentence, found)])


def sentence(row: Row) -> str:
    """`Antidepressant, sertraline: 150 mg, since 03 Feb.`"""
    what = f"{row.title}, {row.note}" if row.note else row.title
    return f"{what}: {', '.join(filter(None, (row.empty or row.state, row.following)))}."
