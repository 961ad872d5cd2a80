"""This file is about the rows of sessions: doses, rise of blood pressure, dissociation, effects."""

from collections.abc import Iterator, Sequence
from typing import Any

from clinic.protocols.rules import SIGNS, Severity
from clinic.review.charts.axis import Axis
from clinic.review.charts.layers import (
    LINE,
    Layer,
    across,
    behind,
    beside,
    inside,
    line_axis,
    line_words,
    nothing,
    now,
    number_axis,
    points,
    row,
    titled,
    words,
)
from clinic.review.rules import CourseRecord, EffectRow, SessionRow, plus
from clinic.sessions.charts.layers import bands, edges

HEAD = 30
DOSES, RISE, DISSOCIATION = 38, 84, 60
# What is drawn, the same for every patient; not what is normal. Grows when a value lies outside.
RISE_AXIS, RISE_STEP = (0, 60), 20
DISSOCIATION_AXIS = (0, 4)
MOST_EFFECTS = 6
OTHERS = "Other, see table"


def doses_panel(record: CourseRecord, rows: Sequence[SessionRow], axis: Axis) -> Layer:
    """A box for each session with its number and the mg delivered; what time it is now."""
    values = [
        {"day": r.day, "number": r.number, "dose": r.dose_short} for r in rows if axis.holds(r.day)
    ]
    layers = [
        *behind(axis),
        *now(axis),
        points("dose", axis, {"value": DOSES // 2}, when="true", shape="square", size=740),
        inside("number", "on-dose", axis, {"value": DOSES // 2 - 6}),
        inside("dose", "on-dose", axis, {"value": DOSES // 2 + 7}),
        *titled("Sessions", "number, mg delivered"),
    ]
    if axis.now is not None:
        today = f"Today {record.local(record.now):%H:%M}"
        layer = words(today, "now-word", axis.x(), DOSES // 2, dx=18)
        layer["data"]["values"][0]["day"] = axis.now
        layers.append(layer)
    if rows:
        latest = f"{rows[-1].dose_short} mg, {record.local(rows[-1].at):%d %b}"
        layers += beside(str(len(rows)), latest)
    else:
        layers.append(nothing("No session yet", DOSES))
    return row("sessions", DOSES, layers, values)


def rise_panel(rows: Sequence[SessionRow], axis: Axis) -> Layer:
    """Two bars for each session, systolic filled and diastolic open; red at or over its limit."""
    known = [n for r in rows for n in (r.systolic, r.diastolic) if n is not None]
    low, high = grown(known)
    last = rows[-1] if rows else None
    figures = [low, *([last.diastolic_limit, last.systolic_limit] if last else []), high]
    y = number_axis("rise", low, high, figures)
    layers = list(behind(axis))
    if last is not None:
        layers += across(last.systolic_limit, "edge-alert", y, "limit, systolic")
        layers += across(last.diastolic_limit, "edge-caution", y, "limit, diastolic")
    layers += [*now(axis), *bars("systolic", -5, axis, y), *bars("diastolic", 5, axis, y)]
    layers.append(inside("unknown", "score", axis, {"value": RISE - 8}, when="datum.unknown"))
    layers += titled("Highest BP rise", "mmHg over pre-dose", "■ systolic  □ diastolic")
    layers += rise_beside(last) if last else [nothing("No session yet", RISE)]
    return row("rise", RISE, layers, [rise_of(r) for r in rows if axis.holds(r.day)])


def rise_of(session: SessionRow) -> dict[str, Any]:
    """The two rises of one session."""
    return {
        "day": session.day,
        "systolic": session.systolic,
        "diastolic": session.diastolic,
        "systolic_outside": session.systolic_outside,
        "diastolic_outside": session.diastolic_outside,
        "unknown": "?" if session.systolic is None else "",
    }


def bars(side: str, offset: int, axis: Axis, y: dict[str, Any]) -> Iterator[Layer]:
    """The bars of one side, and the systolic numbers over them."""
    known = f"isValid(datum.{side})"
    for style, which in (
        (side, f"!datum.{side}_outside"),
        (f"{side}-over", f"datum.{side}_outside"),
    ):
        yield {
            "transform": [{"filter": f"{known} && {which}"}],
            "mark": {"type": "bar", "style": style, "width": 7, "xOffset": offset},
            "encoding": {"x": axis.x(), "y": y | {"field": side}, "y2": {"datum": 0}},
        }
    if side == "systolic":
        yield inside(side, "score", axis, y | {"field": side}, when=known, dy=-8)


def grown(values: Sequence[int]) -> tuple[int, int]:
    """The axis of rise, extended in steps where a value lies outside."""
    low, high = RISE_AXIS
    while values and min(values) < low:
        low -= RISE_STEP
    while values and max(values) >= high:
        high += RISE_STEP
    return low, high


def rise_beside(last: SessionRow) -> Iterator[Layer]:
    """The rise of the last session."""
    if last.systolic is None:
        yield from beside("?", "no pre-dose value")
        return
    state = "at or above limit" if last.rise_outside else "below limit"
    yield from beside(plus(last.systolic, last.diastolic), state, f"{last.highest} at most")


def dissociation_panel(record: CourseRecord, rows: Sequence[SessionRow], axis: Axis) -> Layer:
    """The highest score of each session on the bands of the newest session's protocol."""
    low, high = DISSOCIATION_AXIS
    y = number_axis("peak", low, high, range(low, high + 1, 2))
    layers: list[Layer] = []
    if record.treated:
        limits = record.treated[-1][0].plan.limits["dissociation"].bands or ()
        layers += bands(limits, y, DISSOCIATION_AXIS, upper_only=False)
        layers += edges(limits, y, DISSOCIATION_AXIS, upper_only=False)
    known = "isValid(datum.peak)"
    layers += [*behind(axis), *now(axis)]
    layers.append(
        {"mark": {"type": "line", "style": "joined"}, "encoding": {"x": axis.x(), "y": y}}
    )
    layers += [
        points("value", axis, y, when=known),
        inside("peak", "score", axis, y, when=known, dy=-10),
        *titled("Peak dissociation", "0 to 4", SIGNS["dissociation"].caution),
    ]
    values = [{"day": r.day, "peak": r.dissociation} for r in rows if axis.holds(r.day)]
    last = rows[-1] if rows else None
    if last is None:
        layers.append(nothing("No session yet", DISSOCIATION))
    elif last.dissociation is None:
        layers += beside("?", "not measured")
    else:
        layers += beside(str(last.dissociation), last.dissociation_word)
    return row("dissociation", DISSOCIATION, layers, values)


def effects_panel(rows: Sequence[EffectRow], axis: Axis) -> Layer:
    """One line for each side effect: mild ○, moderate ●, severe red ● with an S.

    What she told of at a follow-up is a diamond on the day of the contact.
    """
    terms = list(dict.fromkeys(row.term for row in rows))
    if len(terms) > MOST_EFFECTS:
        terms = [*terms[: MOST_EFFECTS - 1], OTHERS]
    y, height = line_axis(terms, HEAD), HEAD + LINE * max(len(terms), 1)
    layers = [*behind(axis), *now(axis), *effect_marks(axis, y)]
    layers += [*titled("Side effects"), *line_words(terms, HEAD)]
    if rows:
        told = ["◇ told at follow-up"] if any(row.told for row in rows) else []
        layers += beside("", "○ mild", "● moderate", f"S severe: {severe_words(rows)}", *told)
    else:
        layers.append(nothing("No side effects on record", height))
    values = [effect_of(r, terms) for r in rows if axis.holds(r.day)]
    return row("effects", height, layers, values)


def effect_of(row: EffectRow, terms: Sequence[str]) -> dict[str, Any]:
    """One side effect on its line."""
    return {
        "day": row.day,
        "label": row.term if row.term in terms else OTHERS,
        "severity": row.severity.value,
        "source": "told" if row.told else "seen",
        "severe": "S",
    }


def effect_marks(axis: Axis, y: dict[str, Any]) -> Iterator[Layer]:
    """A mark by severity and source."""
    for severity in Severity:
        size = 150 if severity is Severity.SEVERE else 70
        for source, shape in (("seen", "circle"), ("told", "diamond")):
            when = f"datum.severity === '{severity.value}' && datum.source === '{source}'"
            yield points(f"effect-{severity.value}", axis, y, when=when, shape=shape, size=size)
    yield inside(
        "severe", "on-alarm", axis, y, when=f"datum.severity === '{Severity.SEVERE.value}'"
    )


def severe_words(rows: Sequence[EffectRow]) -> str:
    """How many were severe."""
    count = sum(row.severity is Severity.SEVERE for row in rows)
    return str(count) if count else "none"
