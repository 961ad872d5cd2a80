"""This file is about what else a session held: what was given beside the drug, side effects."""

from collections.abc import Iterator

from clinic.review.rules.overlay.lines import Line
from clinic.review.rules.overlay.words import signed
from clinic.sessions.rules.log import Intervention


def beside(line: Line) -> str:
    """What was given beside the drug, and side effects, with their minutes; nothing for none."""
    return "".join(f"{part}. " for part in (*given_beside(line), *effects(line))).strip()


def given_beside(line: Line) -> Iterator[str]:
    """`ondansetron 4 mg at 37 min`."""
    for entry in line.session.state.log:
        one = entry.current
        if isinstance(one, Intervention) and entry.minute is not None:
            names = [one.drug or one.text or one.category.value.replace("-", " "), one.dose or ""]
            yield f"{' '.join(name for name in names if name)} at {signed(entry.minute)} min"


def effects(line: Line) -> Iterator[str]:
    """`Anxiety 91 to 110 min`."""
    for effect in line.session.state.side_effects:
        start = effect.onset_minute
        if start is None:
            continue
        lasted = effect.duration_minutes
        yield f"{effect.text} " + (
            f"from {signed(start)} min on"
            if lasted is None
            else f"{signed(start)} to {signed(start + lasted)} min"
        )
