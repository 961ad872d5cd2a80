"""This file is about figures that are kept: written once, read again, held against others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic.notation.rules.canonical import canonical_text
from clinic.reports.rules.outcomes.counted import Key
from clinic.reports.rules.outcomes.definitions import Definitions
from clinic.reports.rules.outcomes.report import Pinned, Report
from clinic.reports.rules.outcomes.statistics import Interval, Step
from clinic.reports.rules.outcomes.summary import Kind, Summary
from clinic.reports.rules.outcomes.words import shown

NUMBERS = ("value", "low", "high", "all_value", "all_low", "all_high")
COUNTS = ("n", "missing", "waiting", "count", "of", "severe")


@dataclass(frozen=True)
class Difference:
    """One figure that came out otherwise: as it was kept, and as it is now; "": there is none."""

    title: str
    kept: str
    now: str


def to_text(report: Report) -> str:
    """Canonical text of all figures. Numbers are written so that they are read back the same."""
    return canonical_text(
        {
            "figures": {str(key): one for key, one in report.figures.items()},
            "patients": report.patients,
            "moments": [list(pair) for pair in report.moments.items()],
            "terms": [list(pair) for pair in report.terms.items()],
            "ended": report.ended,
            "whys": {str(key): found for key, found in report.whys.items()},
            "pinned": report.pinned,
            "without_scale": report.without_scale,
        }
    )


def from_text(text: str, rules: Definitions) -> Report:
    """The figures that were kept, under the rules by which they were computed."""
    tree = json.loads(text)
    figures = {Key.read(key): summary(Key.read(key), one) for key, one in tree["figures"].items()}
    return Report(
        rules=rules,
        figures=figures,
        patients=int(tree["patients"]),
        moments=dict(tree["moments"]),
        terms=dict(tree["terms"]),
        ended=counts(tree["ended"]),
        whys={Key.read(key): counts(found) for key, found in tree["whys"].items()},
        pinned=tuple(
            Pinned(one["moment"], one["definition"], int(one["courses"])) for one in tree["pinned"]
        ),
        without_scale=int(tree["without_scale"]),
    )


def counts(found: Mapping[str, str]) -> dict[str, int]:
    """Words -> how often."""
    return {words: int(n) for words, n in found.items()}


def summary(key: Key, tree: Mapping[str, Any]) -> Summary:
    """One figure."""
    said: dict[str, Any] = {name: int(tree[name]) for name in COUNTS}
    said |= {name: None if tree[name] is None else float(tree[name]) for name in NUMBERS}
    curve = tuple(step(one) for one in tree["curve"])
    return Summary(key=key, kind=Kind(tree["kind"]), curve=curve, **said)


def step(tree: Mapping[str, Any]) -> Step:
    """One step of a curve."""
    found = tree["interval"]
    interval = Interval(float(found["low"]), float(found["high"])) if found else None
    at_risk, events = int(tree["at_risk"]), int(tree["events"])
    return Step(float(tree["at"]), float(tree["share"]), interval, at_risk, events)


def differences(kept: Report, now: Report, *, shared: bool) -> list[Difference]:
    """The figures that differ, in the order of a report; those that one of them has alone too."""
    keys = dict.fromkeys([*kept.figures, *now.figures])
    found = []
    for key in keys:
        before, after = kept.figures.get(key), now.figures.get(key)
        if before != after:
            of = kept if before else now
            said = [words(report, key, shared=shared) for report in (kept, now)]
            found.append(Difference(of.title(key), *said))
    return found


def words(report: Report, key: Key, *, shared: bool) -> str:
    """One figure in a line."""
    if key not in report.figures:
        return ""
    said = shown(report.figures[key], report.rules.small, shared=shared)
    main = said.hidden if said.main == "\N{EN DASH}" else said.main
    parts = (main, said.interval, said.count, said.missing, said.waiting)
    return ", ".join(part for part in parts if part)
