"""This file is about the rows of the timeline: medicines, visits, pauses."""

from collections.abc import Iterator
from datetime import date, timedelta

from clinic.courses.rules import DrugClass
from clinic.integration.charts.axis import Axis
from clinic.integration.charts.material import Box, Mark, Material, Row, Values
from clinic.integration.charts.visits import DRAWN, short, visit_row
from clinic.integration.rules import CLASS_WORDS, Kind, Medicine, is_taken

# What is drawn, the same for every woman; a text needs room, else only the table has it.
BAR, STEP, TALLEST = 18, 6, 30
PAUSE = 16
LETTER = 6.6
A_DAY = timedelta(days=1)
ALWAYS = (Kind.PSYCHOTHERAPY, Kind.INTEGRATION)


def rows(axis: Axis, material: Material) -> Iterator[Row]:
    """The rows under the doses, from top to bottom."""
    yield from medicine_rows(axis, material)
    for kind in Kind:
        visits = [v for v in material.visits if v.kind is kind and v.status in DRAWN]
        lasting = [t for t in material.treatments if t.kind is kind]
        if visits or lasting or kind in ALWAYS:
            yield visit_row(axis, material, kind, visits, lasting)
    yield from pause_rows(axis, material)
    yield from (value_row(axis, material, values) for values in material.values)


def value_row(axis: Axis, material: Material, values: Values) -> Row:
    """Numbers over time, each with its dot; the newest stands at the right."""
    marks = tuple(Mark(axis.x(at), "value", str(number)) for at, number in values.points)
    at, last = values.points[-1]
    day = f"{at.astimezone(material.timezone):%d %b}"
    first = values.points[0][1]
    change = f"{last - first:+d}".replace("-", "−")
    following = f"{day}, {change} since the first" if len(values.points) > 1 else day
    return Row(values.title, values.note, f"{last} {values.unit}".strip(), following, (), marks)


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
