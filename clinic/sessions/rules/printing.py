"""This file is about the printed record: what its marks mean, in words made from the protocol."""

from collections.abc import Iterator
from itertools import pairwise

from clinic.protocols.rules import Band, Level, SessionPlan

CAUTION, LIMIT = "!", "!!"
MARKS = {Level.MARKED: CAUTION, Level.ALERT: LIMIT, Level.EMERGENCY: LIMIT}
NAMES = {
    "systolic": "systolic",
    "diastolic": "diastolic",
    "heart_rate": "HR",
    "respiratory_rate": "RR",
    "spo2": "SpO₂",
    "moaas": "MOAA/S",
    "dissociation": "dissociation",
}


def marks_in_words(plan: SessionPlan) -> dict[str, str]:
    """Mark -> what bears it: "systolic 140 to 159, MOAA/S 4". Limits with decimals do not exist."""
    found: dict[str, list[str]] = {CAUTION: [], LIMIT: []}
    for sign, name in NAMES.items():
        limits = plan.limits.get(sign)
        for mark, span in spans(limits.bands or () if limits else ()):
            found[mark].append(f"{name} {span}")
    rise = f"systolic {plan.rise.systolic_from} or diastolic {plan.rise.diastolic_from}"
    found[LIMIT].append(f"{rise} above her own")
    return {mark: ", ".join(words) for mark, words in found.items()}


def spans(bands: tuple[Band, ...]) -> Iterator[tuple[str, str]]:
    """The bands that bear a mark; neighbours with the same mark are one."""
    edges: list[tuple[str | None, int]] = []
    for band in bands:
        mark = MARKS.get(band.level)
        if not edges or edges[-1][0] != mark:
            edges.append((mark, int(band.lower)))
    for (mark, lower), after in [*pairwise(edges), *((edge, None) for edge in edges[-1:])]:
        if mark is None:
            continue
        upper = None if after is None else after[1] - 1
        yield mark, in_words(lower, upper)


def in_words(lower: int, upper: int | None) -> str:
    """A span of whole numbers."""
    if upper is None:
        return f"{lower} or more"
    if lower == 0:
        return f"{upper} or less"
    return str(lower) if lower == upper else f"{lower} to {upper}"
