"""This file is about the words beside a panel: what it is called, its axis, what was worst."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.protocols.rules import SIGNS, Level, Route, SessionPlan
from clinic.review.charts.overlay.axes import Upwards
from clinic.review.rules.evidence import signed
from clinic.review.rules.overlay import Line

TITLES = {
    "systolic": "Systolic BP",
    "diastolic": "Diastolic BP",
    "dissociation": "Dissociation",
    "moaas": "Sedation",
    "heart_rate": "Heart rate",
    "spo2": "SpO₂",
}
COUNTED_FROM = {
    Route.NASAL: "first spray",
    Route.INTRAVENOUS: "start of the infusion",
    Route.INTRAMUSCULAR: "first injection",
    Route.SUBLINGUAL: "first lozenge in the mouth",
    Route.ORAL: "first dose",
}
LOWEST = ("moaas", "spo2")  # signs of which the lowest is the worst


@dataclass(frozen=True)
class Result:
    """The worst number of the session in front, large, and lines about it."""

    worst: int
    number: str
    lines: tuple[str, ...]


def title_of(y: Upwards) -> str:
    """What a panel is called."""
    return TITLES[y.sign]


def about(plan: SessionPlan, y: Upwards) -> list[str]:
    """Unit, where the axis begins and ends, limits."""
    info = SIGNS[y.sign]
    if y.is_scale:
        scale = {
            "dissociation": ["0 to 4", info.caution],
            "moaas": ["MOAA/S, 5 awake", "lower is deeper"],
        }
        return [line for line in scale[y.sign] if line]
    over = f"{info.unit_text} over pre-dose" if y.change else info.unit_text
    axis = f"axis {signless(y.low)} to {signless(y.high)}"
    limits = rise_words(plan, y) if y.change else limit_words(plan, y)
    return [over, axis, *limits]


def limit_words(plan: SessionPlan, y: Upwards) -> list[str]:
    """`limit 160, caution 140` and `limit below 90`: where what is in range ends on both sides."""
    bands = plan.limits[y.sign].bands or ()
    normal = next((n for n, band in enumerate(bands) if band.level is Level.IN_RANGE), None)
    if normal is None:
        return ["limits not set"]
    above = {
        ("limit" if b.level.raises_alert else "caution"): b.lower
        for b in reversed(bands[normal + 1 :])
    }
    over = ", ".join(f"{kind} {above[kind]}" for kind in ("limit", "caution") if kind in above)
    under = f"limit below {bands[normal].lower}" if normal else ""
    return [line for line in (over, under) if line]


def rise_words(plan: SessionPlan, y: Upwards) -> list[str]:
    """`limit +40`."""
    limits = {"systolic": plan.rise.systolic_from, "diastolic": plan.rise.diastolic_from}
    return [f"limit +{limits[y.sign]}"] if y.sign in limits else []


def signless(number: float) -> str:
    """A number with a true minus."""
    return f"{number:g}".replace("-", "−")


def result(line: Line, y: Upwards) -> Result | None:
    """The worst after the dose, when, and how far from the pre-dose value; None: nothing found."""
    known = [(one, y.of(one)) for one in line.values[y.sign] if one.minute > 0]
    found = [(one, number) for one, number in known if number is not None]
    if not found:
        return None
    pick = min if y.sign in LOWEST else max
    worst = pick(number for _, number in found)
    at = [one for one, number in found if number == worst]
    first, last = at[0], at[-1]
    span = (
        f"{first.minute} to {last.minute} min"
        if y.is_scale and last is not first
        else f"{first.minute} min"
    )
    over = "" if y.is_scale or first.change is None else f", {signed(first.change)}"
    number = signed(worst) if y.change else str(worst)
    word = (f"value {first.value}",) if y.change else (first.word,) if first.word else ()
    return Result(worst, number, (*word, f"{span}{'' if y.change else over}"))


def range_name(lines: Sequence[Line]) -> str:
    """`sessions 1 to 5, lowest to highest`."""
    if not lines:
        return ""
    names = [line.number for line in lines]
    if len(names) == 1:
        return f"session {names[0]}"
    in_a_row = names == list(range(names[0], names[0] + len(names)))
    which = f"{names[0]} to {names[-1]}" if in_a_row else ", ".join(map(str, names))
    return f"sessions {which}, lowest to highest"
