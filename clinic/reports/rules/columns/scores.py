"""This file is about the columns of scores: each use of a scale as it now stands."""

from collections.abc import Callable

from clinic.instruments.rules import TriageLevel, WhyNoTotal, word_of
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.uses import SCALE, WHOSE, Use
from clinic.reports.rules.course_record import ScoreExport
from clinic.reports.rules.masks import Privacy


def rows(use: ScoreExport) -> tuple[ScoreExport, ...]:
    """The use itself."""
    return (use,)


def stands(value: Callable[[Use], object]) -> Callable[[Use], object]:
    """A value; None once the use was withdrawn: what was in error is in no column of values."""
    return lambda use: None if use.withdrawn else value(use)


def said(use: Use) -> str | None:
    """`1=2; 2=0`: items with their final scores, in the order of the scale."""
    return "; ".join(f"{item}={answer}" for item, answer in use.answers.items()) or None


def listed(items: tuple[str, ...]) -> str | None:
    """Numbers of items, separated by spaces."""
    return " ".join(items) or None


def level(use: Use) -> str | None:
    """The level of a screener that has no total; None while an item is missing."""
    return use.triage.level.value if use.triage and use.triage.level else None


def findings(use: Use) -> str | None:
    """`10=2`: safety items above 0, or `10=skipped`."""
    found = (use.triage or use.score).findings
    words = (f"{f.item}={'skipped' if f.score is None else f.score}" for f in found)
    return "; ".join(words) or None


SCORE: tuple[Column[Use], ...] = (
    Column(
        "answers",
        "Items with their final scores, item=score separated by semicolons",
        Kind.TEXT,
        stands(said),
        privacy=Privacy.KEEP,
    ),
    Column(
        "total",
        "Total; empty: there is none",
        Kind.INTEGER,
        stands(lambda u: u.score.total),
        unit="{score}",
        definition="D7.2",
    ),
    Column(
        "why_no_total",
        "Why there is no total",
        Kind.CODE,
        stands(lambda u: u.score.why_no_total.value if u.score.why_no_total else None),
        codes=codes(WhyNoTotal),
        definition="D7.4",
    ),
    Column(
        "highest_possible",
        "Highest total these answers could have had",
        Kind.INTEGER,
        stands(lambda u: u.score.maximum),
        unit="{score}",
    ),
    Column(
        "word",
        "Word for the total, as the pages say it: by the cut-offs that are drawn, else by the band",
        Kind.TEXT,
        stands(lambda u: word_of(u.instrument, u.score)),
        definition="D7.5",
        privacy=Privacy.KEEP,
    ),
    Column(
        "band",
        "Published band of severity",
        Kind.TEXT,
        stands(lambda u: u.score.band),
        privacy=Privacy.KEEP,
    ),
    Column(
        "cut_offs",
        "Published cut-offs reached, separated by spaces",
        Kind.CODE,
        stands(lambda u: listed(tuple(str(cut.at_least) for cut in u.score.cut_offs))),
        definition="D7.5",
        privacy=Privacy.KEEP,
    ),
    Column(
        "level",
        "Level of a screener that has no total",
        Kind.CODE,
        stands(level),
        codes=codes(TriageLevel),
        definition="D7.4",
    ),
    Column(
        "missing_items",
        "Items without an answer, separated by spaces",
        Kind.CODE,
        stands(lambda u: listed(u.triage.missing if u.triage else u.score.missing)),
        definition="D2.4",
        privacy=Privacy.KEEP,
    ),
    Column(
        "safety_items",
        "Safety items above 0 or skipped, item=score separated by semicolons",
        Kind.TEXT,
        stands(findings),
        definition="D7.4",
        privacy=Privacy.KEEP,
    ),
    Column(
        "safety_not_reviewed",
        "Safety items that nobody has reviewed, separated by spaces; also of earlier versions",
        Kind.CODE,
        lambda u: listed(u.unreviewed),
        definition="D7.4",
        privacy=Privacy.KEEP,
    ),
    Column("corrected", "Changed after it was first written", Kind.YES_NO, lambda u: u.corrected),
    Column(
        "withdrawn",
        "Entered in error: its values are in no column",
        Kind.YES_NO,
        lambda u: u.withdrawn,
    ),
    Column("correction_reason", "Why it was last changed, as typed", Kind.TEXT, lambda u: u.reason),
)

COLUMNS: tuple[Column[Use], ...] = (*WHOSE, *SCALE, *SCORE)
