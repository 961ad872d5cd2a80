"""This file is about the rows of visits: squares, bars of what lasts, windows after doses."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic.integration.charts.axis import Axis
from clinic.integration.charts.material import Box, Mark, Material, Row
from clinic.integration.rules import (
    KIND_WORDS,
    STATUS_WORDS,
    Kind,
    Status,
    TreatmentFacts,
    Visit,
    counted,
    tally,
)

DRAWN = (Status.DONE, Status.PLANNED, Status.MISSED, Status.NOT_WANTED)
FRAME, LASTS = 26, 8
LONGEST = 30
A_DAY = timedelta(days=1)


def short(text: str) -> str:
    """What fits beside a row; the table has the whole."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def visit_row(
    axis: Axis,
    material: Material,
    kind: Kind,
    visits: list[Visit],
    lasting: list[TreatmentFacts],
) -> Row:
    """Squares for visits, a bar for what lasts; talks after doses have their windows as frames."""
    is_talk = kind is Kind.INTEGRATION
    frames = tuple(window_boxes(axis, material)) if is_talk else ()
    boxes = frames + tuple(box for one in lasting for box in lasting_boxes(axis, material, one))
    nothing = not visits and not boxes
    last = lasting[-1] if lasting else None
    return Row(
        title=KIND_WORDS[kind],
        note=window_note(material) if is_talk else short(about(last)),
        state=how_many(material, visits, last, is_talk=is_talk),
        following=next_words(material, visits, last),
        boxes=boxes,
        marks=tuple(Mark(axis.x(v.starts_at), v.status) for v in sorted(visits, key=begins)),
        empty=f"No {KIND_WORDS[kind].lower()} yet" if nothing else "",
    )


def about(treatment: TreatmentFacts | None) -> str:
    """`CBT, Wednesdays, L. Moreau`."""
    if treatment is None:
        return ""
    return f"{treatment.title}, {treatment.given_by}" if treatment.given_by else treatment.title


def lasting_boxes(axis: Axis, material: Material, treatment: TreatmentFacts) -> Iterator[Box]:
    """The days until today in full, those ahead as a frame."""
    today = material.now.astimezone(material.timezone).date()
    start = axis.x(treatment.started_on)
    stop = axis.x(treatment.stopped_on + A_DAY) if treatment.stopped_on else axis.right
    until = min(stop, axis.x(today + A_DAY))
    if until > start:
        yield Box(start, round(until - start, 1), LASTS, "lasting")
    if stop > max(start, until):
        begin = max(start, until)
        yield Box(begin, round(stop - begin, 1), LASTS, "goes-on")


def begins(visit: Visit) -> datetime:
    """When a visit is."""
    return visit.starts_at


def window_boxes(axis: Axis, material: Material) -> Iterator[Box]:
    """A frame for the window after each dose."""
    for window in material.windows:
        x = axis.x(window.opens_at)
        yield Box(x, round(axis.x(window.closes_at) - x, 1), FRAME, "window")


def window_note(material: Material) -> str:
    """`24 to 72 h after a dose`."""
    if not material.windows:
        return "after each dose"
    window, hour = material.windows[0], timedelta(hours=1)
    opens, closes = (window.opens_at - window.dose.t0), (window.closes_at - window.dose.t0)
    return f"{opens // hour} to {closes // hour} h after a dose"


def how_many(
    material: Material, visits: list[Visit], last: TreatmentFacts | None, *, is_talk: bool
) -> str:
    """`4 done, 1 missed`: of talks each dose counts once, of others each visit."""
    if is_talk and material.windows:
        return counted(tally(material.windows))
    if last is not None and last.visits_planned:
        done = sum(v.status is Status.DONE for v in visits)
        return f"{done} of {last.visits_planned} done"
    found = [(s, sum(v.status is s for v in visits)) for s in DRAWN if s is not Status.PLANNED]
    return ", ".join(f"{n} {STATUS_WORDS[s].lower()}" for s, n in found if n) or "none yet"


def next_words(material: Material, visits: list[Visit], last: TreatmentFacts | None = None) -> str:
    """`next Wed 18 Mar 14:00`; without a date, since when or until when it lasts."""
    ahead = [v for v in visits if v.status is Status.PLANNED and v.starts_at > material.now]
    if not ahead and last is not None:
        over = f"ended {last.stopped_on:%d %b}" if last.stopped_on else ""
        return over or f"since {last.started_on:%d %b}"
    if not ahead:
        return "none planned"
    return f"next {min(map(begins, ahead)).astimezone(material.timezone):%a %d %b %H:%M}"
