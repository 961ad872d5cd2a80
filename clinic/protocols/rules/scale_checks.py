"""This file is about whether the scales that a protocol plans can be used as it plans them."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from clinic.instruments.rules import (
    Instrument,
    Method,
    MomentCode,
    RecallKind,
    looks_too_far_back,
    span,
)
from clinic.instruments.rules.licences import Medium, Registration
from clinic.instruments.rules.parts import Form
from clinic.protocols.rules.protocol import Protocol
from clinic.protocols.rules.treatment import ScaleUse

WAYS = ("staff", "paper", "link")
MOMENTS = tuple(str(moment) for moment in MomentCode)
Hours = Mapping[str, int]  # moment -> hours after the dose it counts from
Found = Iterator[str]


def scale_problems(protocol: Protocol, register: Mapping[str, Registration]) -> list[str]:
    """A sentence for each plan that the scales and the licences of a clinic do not allow.

    `register`: by code, in the scale's own language. Unknown scale, form or moment; a link for a
    scale that needs staff or whose wording may not stand on a phone (definitions D7.5); a recall
    that is longer than the interval (definitions D7.3); a baseline of a scale that compares with
    the baseline; a scale that this clinic has retired.
    """
    found = []
    hours = hours_of_moments(protocol)
    for number, use in enumerate(protocol.scales, 1):
        where = f"scales.{number} ({use.scale})"
        found += [f"{where} {words}" for words in _problems(use, register.get(use.scale), hours)]
    for number, chosen in enumerate(protocol.outcome.scales, 1):
        if chosen.scale not in register:
            found.append(f"outcome.scales.{number} ({chosen.scale}) is not in the library.")
    return found


def hours_of_moments(protocol: Protocol) -> dict[str, int]:
    """How long after the dose each moment lies: as the protocol plans it, else as its name says."""
    named = {str(moment): moment.hours for moment in MomentCode if moment.hours is not None}
    return named | {visit.code: visit.at_hours for visit in protocol.follow_ups}


def _problems(use: ScaleUse, line: Registration | None, hours: Hours) -> Found:
    if line is None:
        yield "is not in the library of scales."
        return
    if line.retired:
        yield "is retired in this clinic. Take it out, or take the retirement back."
    yield from _way(use, line)
    for moment in use.moments:
        if moment not in MOMENTS:
            yield f"has an unknown moment, {moment}."
    form = next((form for form in line.scale.forms if form.code == use.form), None)
    if form is None:
        yield f"has no form {use.form}."
        return
    if form.recall.kind is RecallKind.SINCE_BASELINE and MomentCode.BASELINE in use.moments:
        yield "compares with the baseline, so it has none itself."
    yield from _recall(use, line.scale, form, hours)


def _recall(use: ScaleUse, scale: Instrument, form: Form, hours: Hours) -> Found:
    back = f"looks back {form.recall.words}, so {scale.name} cannot be asked at"
    planned = sorted((hours[moment], moment) for moment in use.moments if moment in hours)
    for after, moment in planned:
        if looks_too_far_back(form.recall, after):
            yield f"{back} {moment}, {span(after)} after the dose. Take {moment} out."
    for (before, first), (after, moment) in pairwise(planned):
        between = after - before
        if looks_too_far_back(form.recall, between) and not looks_too_far_back(form.recall, before):
            yield f"{back} {moment}, {span(between)} after {first}. Take one of them out."


def _way(use: ScaleUse, line: Registration) -> Found:
    if line.scale.method is Method.TRIAL_LIST:
        yield "is a list of medicines, no scale."
    if use.by not in WAYS:
        yield f"is asked by {use.by}. Write one of: {', '.join(WAYS)}."
    if use.by == "link" and line.scale.administered.needs_staff:
        yield "needs staff, so it cannot go by link. Write staff."
    elif use.by == "link" and (words := line.why_not(Medium.PHONE)):
        yield f"cannot go by link. {words} Write paper."
