"""This file is about the rows of the timeline: medicines, visits, pauses."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from clinic.courses.rules import DrugClass
from clinic.integration.charts.axis import Axis
from clinic.integration.charts.material import Box, Mark, Material, Row
from clinic.integration.rules import (
    CLASS_WORDS,
    KIND_WORDS,
    STATUS_WORDS,
    Kind,
    Medicine,
    Status,
    Visit,
    counted,
    is_taken,
    tally,
)

# What is drawn, the same for every woman; a text needs room, else only the table has it.
BAR, STEP, TALLEST = 18, 6, 30
FRAME, PAUSE = 26, 16
LETTER, LONGEST = 6.6, 30
A_DAY = timedelta(days=1)
ALWAYS = (Kind.PSYCHOTHERAPY, Kind.INTEGRATION)
DRAWN = (Status.DONE, Status.PLANNED, Status.MISSED, Status.NOT_WANTED)


def rows(axis: Axis, material: Material) -> Iterator[Row]:
    """The rows under the doses, from top to bottom."""
    yield from medicine_rows(axis, material)
    for kind in Kind:
        visits = [v for v in material.visits if v.kind is kind and v.status in DRAWN]
        if visits or kind in ALWAYS:
            yield visit_row(axis, material, kind, visits)
    yield from pause_rows(axis, material)


def medicine_rows(axis: Axis, material: Material) -> Iterator[Row]:
    """A row for each medicine of a class; others stand in the table only."""
    for drug_class in CLASS_WORDS:
        if drug_class is DrugClass.OTHER:
            continue
        of_class = [m for m in material.medicines if m.drug_class is drug_class]
        for drug in dict.fromkeys(m.drug.casefold() for m in of_class):
            same = [m for m in of_class if m.drug.casefold() == drug]
            yield medicine_row(axis, material, same)


def medicine_row(axis: Axis, material: Material, steps: list[Medicine]) -> Row:
    """One medicine with each dose step higher."""
    today = material.now.astimezone(material.timezone).date()
    last = steps[-1]
    running = next((m for m in reversed(steps) if is_taken(m, today)), None)
    boxes: list[Box] = []
    for n, step in enumerate(steps):
        boxes += bars(axis, step, today, min(BAR + n * STEP, TALLEST))
    state, following = "None", f"stopped {last.stopped_on:%d %b}" if last.stopped_on else ""
    if running is not None:
        state = running.dose or "dose not known"
        following = since(running.started_on)
    elif last.stopped_on is None or last.stopped_on >= today:
        state, following = "Planned", f"from {last.started_on:%d %b}" if last.started_on else ""
    return Row(
        CLASS_WORDS[last.drug_class], short(last.drug), short(state), following, tuple(boxes)
    )


def short(text: str) -> str:
    """What fits beside a row; the table has the whole."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def since(day: date | None) -> str:
    """`since 03 Feb`."""
    return f"since {day:%d %b}" if day else "start not known"


def bars(axis: Axis, step: Medicine, today: date, height: int) -> Iterator[Box]:
    """What lasted until today in full, what goes on as a frame."""
    begin = axis.x(step.started_on) if step.started_on else axis.x(axis.first)
    stop = axis.x(step.stopped_on + A_DAY) if step.stopped_on else axis.x(axis.last + A_DAY)
    # A day counts to its end, so that the last bar reaches the line of today.
    until = min(stop, axis.x(today + A_DAY))
    if until > begin:
        text = step.dose or ""
        fits = len(text) * LETTER < until - begin
        colour = "bar" if step.drug_class is DrugClass.ANTIDEPRESSANT else "bar-2"
        yield Box(begin, round(until - begin, 1), height, colour, text if fits else "")
    if stop > max(begin, until):
        start = max(begin, until)
        yield Box(start, round(stop - start, 1), height, "goes-on")


def visit_row(axis: Axis, material: Material, kind: Kind, visits: list[Visit]) -> Row:
    """Squares for visits; the talks after doses have their windows as frames."""
    is_talk = kind is Kind.INTEGRATION
    frames = tuple(window_boxes(axis, material)) if is_talk else ()
    nothing = not visits and not frames
    return Row(
        title=KIND_WORDS[kind],
        note=window_note(material) if is_talk else "",
        state=how_many(material, visits, is_talk=is_talk),
        following=next_words(material, visits),
        boxes=frames,
        marks=tuple(Mark(axis.x(v.starts_at), v.status) for v in sorted(visits, key=begins)),
        empty=f"No {KIND_WORDS[kind].lower()} yet" if nothing else "",
    )


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


def how_many(material: Material, visits: list[Visit], *, is_talk: bool) -> str:
    """`4 done, 1 missed`: of talks each dose counts once, of others each visit."""
    if is_talk and material.windows:
        return counted(tally(material.windows))
    found = [(s, sum(v.status is s for v in visits)) for s in DRAWN if s is not Status.PLANNED]
    return ", ".join(f"{n} {STATUS_WORDS[s].lower()}" for s, n in found if n) or "none yet"


def next_words(material: Material, visits: list[Visit]) -> str:
    """`next Wed 18 Mar 14:00`."""
    ahead = [v for v in visits if v.status is Status.PLANNED and v.starts_at > material.now]
    if not ahead:
        return "none planned"
    return f"next {min(map(begins, ahead)).astimezone(material.timezone):%a %d %b %H:%M}"


def pause_rows(axis: Axis, material: Material) -> Iterator[Row]:
    """The agreed pauses, hatched, from the last drug delivered (definitions D5.3)."""
    spans = [
        (axis.x(dose.last_drug_at), axis.x(dose.agreed_pause_ends_at))
        for dose in material.doses
        if dose.last_drug_at and dose.agreed_pause_ends_at
    ]
    if spans:
        boxes = tuple(Box(x, round(end - x, 1), PAUSE, "pause") for x, end in spans)
        count = f"{len(spans)} pause{'s' if len(spans) != 1 else ''}"
        yield Row("Agreed pauses", "after the last drug", count, pause_words(material), boxes)


def pause_words(material: Material) -> str:
    """The only words there are: `Agreed pause ends 21:40`; nothing when none runs."""
    ends = [dose.agreed_pause_ends_at for dose in material.doses if dose.agreed_pause_ends_at]
    running = [end for end in ends if end > material.now]
    if not running:
        return ""
    return f"Agreed pause ends {max(running).astimezone(material.timezone):%H:%M}"
