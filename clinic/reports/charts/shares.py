"""This file is about shares as charts: response and remission, side effects of sessions."""

from collections.abc import Iterator, Sequence
from typing import Any

from clinic.reports.charts.layers import SCHEMA, Line, percent_axis, with_interval, written
from clinic.reports.rules.outcomes import Code, Report
from clinic.reports.rules.outcomes.words import shown
from clinic.review.charts.layers import Layer, nothing, place, words

LEFT, RIGHT, HEAD, STEP = 150, 190, 26, 42
BAR_LEFT, BAR_RIGHT, BAR_STEP, BAR = 150, 96, 33, 16
MOST_EFFECTS = 8
HUNDRED = 100


def response_lines(report: Report, code: Code, *, shared: bool) -> list[Line]:
    """One line for each moment, in the order in which they come."""
    lines = []
    for moment, text in report.moments.items():
        one = report.at(code, moment)
        said = shown(one, report.rules.small, shared=shared)
        drawn = said.drawn and one.value is not None
        line = Line(
            title=text,
            about=said.waiting.replace("fewer than", "under"),
            value=HUNDRED * one.value if drawn and one.value is not None else None,
            low=HUNDRED * one.low if drawn and one.low is not None else None,
            high=HUNDRED * one.high if drawn and one.high is not None else None,
            main=said.main,
            interval=said.interval,
            count=said.count,
            note=said.hidden if said.main.startswith("\N{EN DASH}") else said.main,
        )
        lines.append(line)
    return lines


def outcome_chart(report: Report, *, shared: bool = False) -> dict[str, Any]:
    """Response above, remission below: share, interval, how many of how many."""
    heads = {
        Code.RESPONSE: "Response by the pinned rule",
        Code.REMISSION: "Remission by the pinned limit",
    }
    panels = [
        forest(head, response_lines(report, code, shared=shared), axis=code is Code.REMISSION)
        for code, head in heads.items()
    ]
    meta = {"beside": LEFT + RIGHT}
    return {"$schema": SCHEMA, "usermeta": meta, "spacing": 8, "vconcat": panels}


def forest(head: str, lines: Sequence[Line], *, axis: bool) -> Layer:
    """Shares with their intervals, one below the other."""
    y = [HEAD + STEP // 2 + STEP * n for n in range(len(lines))]
    x = percent_axis("value")
    if not axis:
        x["axis"] |= {"labels": False}
    layers = [
        {
            "data": {"values": [{"value": 0}]},
            "mark": {"type": "point", "opacity": 0},
            "encoding": {"x": x, "y": place(0)},
        },
        words(head, "row-about", -LEFT, 8),
        *with_interval(lines, y, x),
        *written(lines, y, LEFT, RIGHT),
    ]
    return {"height": HEAD + STEP * max(len(lines), 1), "layer": layers}


def effect_rows(report: Report, *, shared: bool) -> list[dict[str, Any]]:
    """Side effects of most sessions: percent of all sessions, and moderate or severe ones."""
    rows = []
    for term in list(report.terms)[:MOST_EFFECTS]:
        one = report.at(Code.EFFECT, term)
        said = shown(one, report.rules.small, shared=shared)
        if not said.drawn or one.value is None:
            continue
        severe = HUNDRED * one.severe / one.of
        few = shared and 0 < min(one.severe, one.count - one.severe) < report.rules.small
        rows.append(
            {
                "term": report.terms[term],
                "percent": HUNDRED * one.value,
                "severe": 0 if few else severe,
                "main": said.main,
                "count": f"{one.count:,}",
            }
        )
    return rows


def effects_chart(report: Report, *, shared: bool = False) -> dict[str, Any]:
    """A bar for each side effect: light for all, solid for moderate or severe."""
    rows = effect_rows(report, shared=shared)
    highest = max((row["percent"] for row in rows), default=0)
    high = next(end for end in (20, 40, 60, 80, 100) if end >= highest or end == HUNDRED)
    height = BAR_STEP * max(len(rows), 1)
    layers = list(bars(rows, percent_axis("percent", high, max(high // 5, 10))))
    if not rows:
        layers = [nothing("Too few to be told.", height)]
    meta = {"beside": BAR_LEFT + BAR_RIGHT}
    panel = {"height": height, "layer": layers}
    return {"$schema": SCHEMA, "usermeta": meta, "vconcat": [panel]}


def bars(rows: Sequence[dict[str, Any]], x: dict[str, Any]) -> Iterator[Layer]:
    """The bars with their words."""
    for n, row in enumerate(rows):
        at = BAR_STEP * n + BAR_STEP // 2
        for field, style in (("percent", "medicine"), ("severe", "dose")):
            spans = {"y": place(at - BAR // 2), "y2": place(at + BAR // 2)}
            across = {"x": x | {"field": field}, "x2": {"datum": 0}}
            mark = {"type": "rect", "style": style}
            yield {"data": {"values": [row]}, "mark": mark, "encoding": across | spans}
        yield words(row["term"], "row-title", -BAR_LEFT, at)
        end = {"x": x, "y": place(at), "text": {"field": "main", "type": "nominal"}}
        label = {"type": "text", "style": "row-title", "align": "left", "dx": 8}
        yield {"data": {"values": [row]}, "mark": label, "encoding": end}
        after = label | {"style": "row-about", "dx": 52}
        count = end | {"text": {"field": "count", "type": "nominal"}}
        yield {"data": {"values": [row]}, "mark": after, "encoding": count}
