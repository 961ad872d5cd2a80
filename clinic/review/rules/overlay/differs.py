"""This file is about what differs in one session, by fixed rules and with the values used.

No cause is suggested and nothing is advised. Only earlier sessions of the same dose are compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from clinic.review.rules.evidence import plus
from clinic.review.rules.overlay.beside import beside
from clinic.review.rules.overlay.choice import Overlay
from clinic.review.rules.overlay.figures import Back, Extreme, Figures, Return, figures_of
from clinic.review.rules.overlay.words import (
    minutes,
    numbers,
    range_words,
    said,
)

FEWEST = 2  # earlier sessions that make a range
TOO_FEW = "Too few sessions to compare."


class Mark(StrEnum):
    """What a sentence amounts to."""

    OUTSIDE = "outside"
    DIFFERS = "differs"
    SAME = "same"
    BESIDE = "beside"
    UNKNOWN = "unknown"


class Against(StrEnum):
    """A number against a range; both ends belong to the range."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


NOT_BACK = {
    Back.UNKNOWN: ("not known", Mark.UNKNOWN),
    Back.NOT_YET: ("not yet", Mark.DIFFERS),
    Back.NEVER_AWAY: ("never seen away", Mark.SAME),
}


@dataclass(frozen=True)
class Sentence:
    """`head`: what differs, or that nothing does; `text`: the values."""

    code: str
    mark: Mark
    head: str
    text: str


def differences(overlay: Overlay) -> list[Sentence]:
    """Peak, rise, baseline, return, dissociation and sedation, then what else there was."""
    front = figures_of(overlay.front)
    before = [figures_of(line) for line in overlay.comparable]
    if len(before) < FEWEST:
        said = [Sentence("too-few", Mark.UNKNOWN, TOO_FEW, why_too_few(overlay))]
    else:
        said = [
            peak_sentence(front, before),
            rise_sentence(front, before),
            baseline_sentence(front, before),
            return_sentence(front, before),
            scale_sentence("dissociation", front, before),
            scale_sentence("sedation", front, before),
        ]
    also = beside(overlay.front)
    return [*said, *([Sentence("beside", Mark.BESIDE, "Also:", also)] if also else [])]


def why_too_few(overlay: Overlay) -> str:
    """How many there are of the same dose, or that nobody knows the dose."""
    if overlay.front.same_dose is None:
        return "Its own dose is not known, or not all of it yet."
    count = len(overlay.comparable)
    return f"{count or 'No'} earlier session{'' if count == 1 else 's'} of the same dose."


def against(number: int, others: Sequence[int], *, tolerance: int = 0) -> Against:
    """A number against the range of others; `tolerance` widens it at both ends."""
    if number > max(others) + tolerance:
        return Against.ABOVE
    return Against.BELOW if number < min(others) - tolerance else Against.WITHIN


def peak_sentence(front: Figures, before: Sequence[Figures]) -> Sentence:
    """Height and time of the highest pressure; a time differs beyond the span of a slot."""
    known = [one.peak for one in before if one.peak is not None]
    if front.peak is None:
        return Sentence("peak", Mark.UNKNOWN, "Peak unknown.", "No pressure after the dose.")
    text = f"{front.peak.systolic}/{said(front.peak.diastolic)} at {front.peak.minute} min."
    if len(known) < FEWEST:
        return Sentence("peak", Mark.UNKNOWN, "Peak.", f"{text} {TOO_FEW}")
    span = front.line.session.plan.schedule.on_time_minutes
    heights, times = [one.systolic for one in known], [one.minute for one in known]
    running = front.line.running
    found = [
        word(
            against(front.peak.minute, times, tolerance=span), "later", "earlier", running=running
        ),
        word(against(front.peak.systolic, heights), "higher", "lower", running=running),
    ]
    earlier = f"{numbers(before)}: {range_words(heights)} at {range_words(times)} min."
    return sentence(
        "peak", "Peak", found, f"{text} {earlier}", outside=front.peak.outside, running=running
    )


def rise_sentence(front: Figures, before: Sequence[Figures]) -> Sentence:
    """Both sides of the rise; each against its own range (definitions D2.2)."""
    known = [one.rise for one in before if one.rise is not None]
    if front.rise is None:
        return Sentence(
            "rise", Mark.UNKNOWN, "Rise unknown.", "No pressure before or after the dose."
        )
    text = plus(*front.rise)
    if len(known) < FEWEST:
        return Sentence("rise", Mark.UNKNOWN, f"Rise {text}.", TOO_FEW)
    running = front.line.running
    sides = list(zip(*known, strict=True))
    found = [
        word(against(rise, others), f"higher ({side})", f"lower ({side})", running=running)
        for rise, others, side in zip(front.rise, sides, ("systolic", "diastolic"), strict=True)
    ]
    ranges = ", ".join(
        f"{range_words(others, sign=True)} {side}"
        for others, side in zip(sides, ("systolic", "diastolic"), strict=True)
    )
    whole = f"{text}. {numbers(before)}: {ranges}."
    return sentence(
        "rise", "Rise", shortened(found), whole, outside=front.rise_outside, running=running
    )


def shortened(found: Sequence[str]) -> list[str]:
    """`higher` where both sides are."""
    both = {one.split()[0] for one in found if one}
    return [both.pop()] if len(both) == 1 and all(found) else [one for one in found if one]


def baseline_sentence(front: Figures, before: Sequence[Figures]) -> Sentence:
    """The systolic side of the pressure before the dose (definitions D2.1)."""
    known = [one.before[0] for one in before if one.before is not None]
    if front.before is None:
        return Sentence("baseline", Mark.UNKNOWN, "No baseline.", "No pressure before the dose.")
    text = "/".join(map(str, front.before))
    if len(known) < FEWEST:
        return Sentence("baseline", Mark.UNKNOWN, "Baseline.", f"{text}. {TOO_FEW}")
    found = [word(against(front.before[0], known), "higher", "lower")]
    whole = f"{text}. {numbers(before)}: {range_words(known)}."
    return sentence("baseline", "Baseline", found, whole)


def return_sentence(front: Figures, before: Sequence[Figures]) -> Sentence:
    """From when the pressure stayed near what it was before the dose; beyond the span of a slot."""
    code, name, now = "return", "Pressure back", front.near
    known = [one.near.minute for one in before if one.near.minute is not None]
    earlier = f"{numbers(before)}: {range_words(known)} min." if known else ""
    if now.minute is None:
        head, mark = NOT_BACK[now.how]
        mark = Mark.BESIDE if front.line.running else mark
        return Sentence(code, mark, f"{name}: {head}.", earlier)
    text = f"From {now.minute} min. {earlier}".strip()
    if len(known) < FEWEST:
        return Sentence(code, Mark.UNKNOWN, f"{name}.", f"{text} {TOO_FEW}")
    span = front.line.session.plan.schedule.on_time_minutes
    found = [word(against(now.minute, known, tolerance=span), "later", "earlier")]
    return sentence(code, name, found, text, running=front.line.running)


def scale_sentence(code: str, front: Figures, before: Sequence[Figures]) -> Sentence:
    """Highest dissociation, or deepest sedation, and from when it was over."""
    name = code.capitalize()
    now, over = of_scale(code, front)
    known = [found.score for found, _ in (of_scale(code, one) for one in before) if found]
    if now is None:
        return Sentence(code, Mark.UNKNOWN, f"{name} not measured.", "Nothing after the dose.")
    text = f"{now.score} {minutes(now, over)}."
    if len(known) < FEWEST:
        return Sentence(code, Mark.UNKNOWN, f"{name}.", f"{text} {TOO_FEW}")
    more, less = ("stronger", "weaker") if code == "dissociation" else ("lighter", "deeper")
    found = against(now.score, known)
    milder = Against.BELOW if code == "dissociation" else Against.ABOVE
    running = front.line.running and found is milder
    whole = f"{text} {numbers(before)}: {range_words(known)}."
    words = [word(found, more, less)] if not running else [""]
    return sentence(code, name, words, whole, outside=now.outside, running=front.line.running)


def of_scale(code: str, figures: Figures) -> tuple[Extreme | None, Return]:
    """The worst score of a scale, and how it came back."""
    if code == "dissociation":
        return figures.dissociation, figures.to_zero
    return figures.sedation, figures.awake


def sentence(
    code: str,
    name: str,
    found: Sequence[str],
    text: str,
    *,
    outside: bool = False,
    running: bool = False,
) -> Sentence:
    """What differs in a few words; outside a limit weighs more than outside a range.

    While she is there a range that was not left yet is no "as before".
    """
    words = " and ".join(one for one in found if one)
    so_far = " so far" if running else ""
    calm = "" if running else "as before"
    mark = Mark.DIFFERS if words else Mark.BESIDE if running else Mark.SAME
    head = " ".join(part for part in (f"{name}{so_far}", words or calm) if part)
    return Sentence(code, Mark.OUTSIDE if outside else mark, f"{head}.", text)


def word(found: Against, above: str, below: str, *, running: bool = False) -> str:
    """The word for a number against its range; while she is there nothing can be called less."""
    if found is Against.ABOVE:
        return above
    return below if found is Against.BELOW and not running else ""
