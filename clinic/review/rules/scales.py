"""This file is about the scales of a course as rows: scores, bands, cut-offs, goals."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from clinic.instruments.rules import (
    BELOW_CUT_OFFS,
    Direction,
    Instrument,
    ResponseKind,
    Result,
    WhyNoTotal,
    choose_baseline,
    drawn_cut_offs,
    of_one_form,
    percent_change,
    remission,
    remission_rule,
    response_rule,
    shown_percent,
)
from clinic.review.rules.record import CourseRecord, Measure, Use

MOST = 5  # colours of severity


@dataclass(frozen=True)
class Point:
    """One use. `total` None: no total, and `word` says why; else `word` is that of its zone.

    `percent`: whole percent from the baseline, only after the first dose; None: no baseline.
    """

    use_id: uuid.UUID
    day: float
    taken_at: datetime
    total: int | None
    word: str
    percent: int | None


@dataclass(frozen=True)
class Zone:
    """A half-open band of totals, its word, and its colour of severity from 1 to 5."""

    lower: int
    upper: int
    word: str
    severity: int


@dataclass(frozen=True)
class Line:
    """A line across a row, with its words."""

    at: float
    words: str


@dataclass(frozen=True)
class ScaleRow:
    """One form of a scale over the course. Forms are never mixed (definitions D7.1)."""

    instrument: Instrument
    form: str
    lowest: int
    highest: int
    points: tuple[Point, ...]
    zones: tuple[Zone, ...]
    goals: tuple[Line, ...]
    baseline: Result | None

    @property
    def title(self) -> str:
        """Name, the form where the scale has more than one, and that nobody validated it."""
        return self.instrument.called(self.form)

    @property
    def form_words(self) -> str:
        """The form, where the scale has more than one."""
        form = self.instrument.form(self.form).title
        return form if len(self.instrument.forms) > 1 else ""

    @property
    def about(self) -> str:
        """`0 to 30, lower is better`."""
        better = {Direction.HIGHER_WORSE: ", lower is better"}
        better[Direction.HIGHER_BETTER] = ", higher is better"
        return f"{self.lowest} to {self.highest}{better.get(self.instrument.direction, '')}"

    @property
    def latest(self) -> Point | None:
        """The last use with a total."""
        return next((p for p in reversed(self.points) if p.total is not None), None)

    @property
    def is_by_cut_offs(self) -> bool:
        """Whether the zones are those of published cut-offs, not of severity."""
        return any(cut.drawn for cut in self.instrument.cut_offs)


def scale_rows(record: CourseRecord) -> list[ScaleRow]:
    """The forms of the protocol, and every other that has a score, in the order of first use."""
    wanted = {(scale.code, form): scale for scale, form in record.scales}
    used = {(use.instrument.code, use.form): use.instrument for use in record.uses}
    return [
        row_of(record, scale, form)
        for (_, form), scale in {**wanted, **used}.items()
        if scale.scoring is not None
    ]


def latest_of(rows: Sequence[ScaleRow], scale: str | None) -> tuple[ScaleRow, Point] | None:
    """The last total of a scale since the first dose, in whichever of its forms."""
    found = [(row, row.latest) for row in rows if row.instrument.code == scale and row.baseline]
    since = [(row, point) for row, point in found if point is not None and point.day > 0]
    return max(since, key=lambda pair: pair[1].taken_at, default=None)


def row_of(record: CourseRecord, scale: Instrument, form: str) -> ScaleRow:
    """One form of a scale."""
    mine = [u for u in record.uses if (u.instrument.code, u.form) == (scale.code, form)]
    zones, baseline = zones_of(scale), baseline_of(record, scale, form)
    scoring = scale.scoring
    if scoring is None:
        raise ValueError(f"{scale.name} has no total")
    return ScaleRow(
        instrument=scale,
        form=form,
        lowest=scoring.range.lowest,
        highest=scoring.range.highest,
        points=tuple(point_of(record, use, zones, baseline) for use in mine),
        zones=zones,
        goals=tuple(goals_of(record.measures.get((scale.code, form)), baseline)),
        baseline=baseline,
    )


def baseline_of(record: CourseRecord, scale: Instrument, form: str) -> Result | None:
    """The baseline of a form that the course measures its outcome by (definitions D7.1)."""
    measure, first = record.measures.get((scale.code, form)), record.first_dose_at
    if measure is None or first is None:
        return None
    same = of_one_form([use.result for use in record.uses], scale, form)
    return choose_baseline(same, first_dose_at=first, oldest=measure.rules.oldest_baseline)


def point_of(
    record: CourseRecord, use: Use, zones: tuple[Zone, ...], baseline: Result | None
) -> Point:
    """One use as a point."""
    total = use.score.total
    word = why_none(use) if total is None else next((z.word for z in zones if has(z, total)), "")
    return Point(
        use_id=use.id,
        day=record.day(use.taken_at),
        taken_at=use.taken_at,
        total=total,
        word=word,
        percent=change(use.result, baseline),
    )


def change(result: Result, baseline: Result | None) -> int | None:
    """Whole percent from the baseline; None before it, without one, or from another maximum."""
    if baseline is None or baseline.total is None or result.total is None:
        return None
    if result.taken_at <= baseline.taken_at or result.maximum != baseline.maximum:
        return None
    if result.version != baseline.version:
        return None
    percent = percent_change(baseline.total, result.total)
    return None if percent is None else shown_percent(percent)


def has(zone: Zone, total: int) -> bool:
    """Whether a total lies in a zone; the highest total lies in the last."""
    return zone.lower <= total < zone.upper


def why_none(use: Use) -> str:
    """Why there is no total, in words."""
    if use.score.why_no_total is WhyNoTotal.ITEMS_MISSING:
        count = len(use.score.missing)
        return f"no total, {count} item{'s' if count > 1 else ''} missing"
    return "no total, an item does not apply"


def zones_of(scale: Instrument) -> tuple[Zone, ...]:
    """The published bands; those of the cut-offs where these are to be drawn (definitions D7.5)."""
    if scale.scoring is None:
        return ()
    lowest, end = scale.scoring.range.lowest, scale.scoring.range.highest + 1
    drawn = [(cut.at_least, cut.words) for cut in drawn_cut_offs(scale)]
    bands = (
        [(band.lower, band.word) for band in scale.band_sets[0].bands] if scale.band_sets else []
    )
    starts = [(lowest, BELOW_CUT_OFFS), *drawn] if drawn else bands
    spans = pairwise([*starts, (end, "")])
    return tuple(
        Zone(lower, upper, word, min(n, MOST))
        for n, ((lower, word), (upper, _)) in enumerate(spans, 1)
    )


def goals_of(measure: Measure | None, baseline: Result | None) -> list[Line]:
    """Response and remission as totals, as far as the course defines them for this baseline."""
    before = baseline.total if baseline else None
    if measure is None or before is None:
        return []
    found: dict[float, list[str]] = {}
    for at, name in (*response_goal(measure, before), *remission_goal(measure, before)):
        found.setdefault(at, []).append(name)
    return [Line(at, f"{' and '.join(names)}, {at:g}") for at, names in found.items()]


def response_goal(measure: Measure, before: int) -> Iterator[tuple[float, str]]:
    """The highest total that is a response, where response is a share of the baseline."""
    if measure.rules.response is None:
        return
    rule = response_rule(measure.instrument, measure.rules.response)
    if rule.kind is ResponseKind.FALL_PERCENT:
        half = 2 * rule.value == 100
        at = float(Fraction(before * (100 - rule.value), 100))
        yield at, "half of baseline" if half else f"{rule.value} % less than baseline"


def remission_goal(measure: Measure, before: int) -> Iterator[tuple[float, str]]:
    """The highest total that is remission, where the word has a meaning from this baseline."""
    if measure.rules.remission is None:
        return
    limit = remission_rule(measure.instrument, measure.rules.remission)
    if remission(measure.instrument, limit, before, before) is not None:
        yield float(limit.at_most), "remission"
