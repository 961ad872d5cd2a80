"""This file is about the columns of items: each item of each use of a scale, no words of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from clinic.instruments.rules import MomentCode, NoScore, not_asked
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import moments, postpartum_day
from clinic.reports.rules.columns.whose import whose
from clinic.reports.rules.course_record import Owner, ScoreExport
from clinic.reports.rules.masks import Privacy

SCORED, WITHOUT, NOT_ASKED, MISSING = STATES = ("scored", "no-score", "not-asked", "missing")


@dataclass(frozen=True)
class Item:
    """One item of a use: its number, its final score, and why there is none."""

    use: ScoreExport
    number: str
    score: int | None
    state: str


def rows(use: ScoreExport) -> Iterator[Item]:
    """One row for each item of the scale, in its order; none of a use in error."""
    if use.withdrawn:
        return
    closed = set(not_asked(use.instrument, use.answers))
    for item in use.instrument.items:
        answer = use.answers.get(item.number)
        if isinstance(answer, NoScore):
            yield Item(use, item.number, None, WITHOUT)
        elif answer is not None:
            yield Item(use, item.number, answer, SCORED)
        else:
            yield Item(use, item.number, None, NOT_ASKED if item.number in closed else MISSING)


def owner(row: Item) -> Owner:
    """Whose use it is."""
    return row.use.owner


def answered_at(row: Item) -> datetime:
    """When the scale was answered."""
    return row.use.answered_at


COLUMNS: tuple[Column[Item], ...] = (
    *whose(owner),
    Column(
        "use_id",
        "Use as it now stands; the same in the file of scores",
        Kind.CODE,
        lambda row: str(row.use.id),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "scale",
        "Code of the scale",
        Kind.CODE,
        lambda row: row.use.instrument.code,
        privacy=Privacy.KEEP,
    ),
    Column(
        "form",
        "Printed form; only uses of one form may be compared",
        Kind.CODE,
        lambda row: row.use.form,
        definition="D7.1",
        privacy=Privacy.KEEP,
    ),
    Column(
        "not_validated",
        "Why its value may not be read as that of a validated scale; empty: nothing says so",
        Kind.TEXT,
        lambda row: row.use.instrument.not_validated,
        privacy=Privacy.KEEP,
    ),
    Column(
        "moment",
        "Moment for which it was asked",
        Kind.CODE,
        lambda row: row.use.moment,
        codes=codes(MomentCode),
        definition="D7.3",
    ),
    *moments("answered_at", "When it was answered", answered_at, owner, "D7.3"),
    postpartum_day(answered_at, owner, "answered_at"),
    Column(
        "item",
        "Number of the item in the scale",
        Kind.CODE,
        lambda row: row.number,
        privacy=Privacy.KEEP,
    ),
    Column(
        "item_score",
        "Final score of the item; empty: it has none",
        Kind.INTEGER,
        lambda row: row.score,
        unit="{score}",
        definition="D7.2",
    ),
    Column(
        "item_state",
        "Scored; answered without a score; closed by another answer; or without an answer",
        Kind.CODE,
        lambda row: row.state,
        codes=STATES,
        definition="D2.4",
    ),
)
