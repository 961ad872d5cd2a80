"""This file is about whether the scales that a protocol plans can be used as it plans them."""

from collections.abc import Iterator, Mapping

from clinic.instruments.rules import Instrument, Method, MomentCode, RecallKind
from clinic.protocols.rules.protocol import Protocol
from clinic.protocols.rules.treatment import ScaleUse

WAYS = ("staff", "paper", "link")
MOMENTS = tuple(str(moment) for moment in MomentCode)


def scale_problems(protocol: Protocol, scales: Mapping[str, Instrument]) -> list[str]:
    """A sentence for each plan that the scales of the library do not allow.

    Unknown scale, form or moment; a link for a scale that needs staff or whose wording may not be
    shown (definitions D7.5); a baseline of a scale that compares with the baseline.
    """
    found = []
    for number, use in enumerate(protocol.scales, 1):
        where = f"scales.{number} ({use.scale})"
        found += [f"{where} {words}" for words in _problems(use, scales.get(use.scale))]
    for number, chosen in enumerate(protocol.outcome.scales, 1):
        if chosen.scale not in scales:
            found.append(f"outcome.scales.{number} ({chosen.scale}) is not in the library.")
    return found


def _problems(use: ScaleUse, scale: Instrument | None) -> Iterator[str]:
    if scale is None:
        yield "is not in the library of scales."
        return
    yield from _way(use, scale)
    for moment in use.moments:
        if moment not in MOMENTS:
            yield f"has an unknown moment, {moment}."
    form = next((form for form in scale.forms if form.code == use.form), None)
    if form is None:
        yield f"has no form {use.form}."
    elif form.recall.kind is RecallKind.SINCE_BASELINE and MomentCode.BASELINE in use.moments:
        yield "compares with the baseline, so it has none itself."


def _way(use: ScaleUse, scale: Instrument) -> Iterator[str]:
    if scale.method is Method.TRIAL_LIST:
        yield "is a list of medicines, no scale."
    if use.by not in WAYS:
        yield f"is asked by {use.by}. Write one of: {', '.join(WAYS)}."
    if use.by == "link" and scale.administered.needs_staff:
        yield "needs staff, so it cannot go by link. Write staff."
    elif use.by == "link" and not scale.may_go_by_link:
        yield "has no wording that may be shown, so it cannot go by link. Write paper."
