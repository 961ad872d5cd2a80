"""This file is about what one value means: its band, the limits it touches, the words for it."""

from decimal import Decimal

from clinic.protocols.rules import BLOOD_PRESSURE, SIGNS, Band, Level, SessionPlan
from clinic.sessions.rules.log import BloodPressure, Measured, SignValue, Unrecordable
from clinic.sessions.rules.results import Finding

NOT_MEASURED = "Not measured"
UNRECORDABLE = "Unrecordable"
NO_LIMITS = "Limits not set by this clinic"


def judge(
    plan: SessionPlan, sign: str, value: SignValue, baseline: BloodPressure | None
) -> tuple[Level | None, str, tuple[Finding, ...]]:
    """Level, word and findings, worst first. `baseline`: given only after T0 (definitions D2.2).

    The level is None when nothing can be said: not measured, or no limits set.
    """
    if isinstance(value, Measured):
        if isinstance(value.value, BloodPressure):
            return _pair(plan, value.value, baseline)
        return _single(plan, sign, Decimal(value.value))
    if isinstance(value, Unrecordable):
        return _unrecordable(plan, sign)
    return None, NOT_MEASURED, ()


def raises_alert(findings: tuple[Finding, ...]) -> bool:
    return any(finding.level.raises_alert for finding in findings)


def _pair(
    plan: SessionPlan, pair: BloodPressure, baseline: BloodPressure | None
) -> tuple[Level | None, str, tuple[Finding, ...]]:
    parts = [
        _single(plan, "systolic", Decimal(pair.systolic)),
        _single(plan, "diastolic", Decimal(pair.diastolic)),
    ]
    findings = [finding for _, _, found in parts for finding in found]
    findings += _rise(plan, pair, baseline)
    if findings:
        worst = sorted(findings, key=lambda finding: -finding.level.rank)
        return worst[0].level, worst[0].word, tuple(worst)
    level, word, _ = next((part for part in parts if part[0] is None), parts[0])
    return level, word, ()


def _rise(plan: SessionPlan, pair: BloodPressure, baseline: BloodPressure | None) -> list[Finding]:
    if baseline is None:
        return []
    rule = plan.rise
    rises = [
        ("systolic", pair.systolic - baseline.systolic, rule.systolic_from),
        ("diastolic", pair.diastolic - baseline.diastolic, rule.diastolic_from),
    ]
    return [
        Finding(
            rule=f"rise-{sign}-from-{limit}",
            level=Level.ALERT,
            above=True,
            word="Above limit",
            text=f"{sign} {rise} over pre-dose, limit {limit} or more",
            source=rule.source,
        )
        for sign, rise, limit in rises
        if rise >= limit
    ]


def _single(
    plan: SessionPlan, sign: str, value: Decimal
) -> tuple[Level | None, str, tuple[Finding, ...]]:
    limits = plan.limits[sign]
    if limits.bands is None:
        return None, NO_LIMITS, ()
    bands = limits.bands
    index = max((n for n, band in enumerate(bands) if band.lower <= value), default=0)
    band = bands[index]
    if band.level is Level.IN_RANGE:
        return band.level, band.word, ()
    return band.level, band.word, (_finding(sign, value, bands, index, limits.source),)


def _finding(
    sign: str, value: Decimal, bands: tuple[Band, ...], index: int, source: str
) -> Finding:
    band = bands[index]
    above = any(other.level is Level.IN_RANGE for other in bands[:index])
    bound = band.lower if above else bands[index + 1].lower
    name = SIGNS[sign].display
    return Finding(
        rule=f"{sign}-{'from' if above else 'below'}-{bound}",
        level=band.level,
        above=above,
        word=band.word,
        text=f"{name} {value}, limit {f'{bound} or more' if above else f'below {bound}'}",
        source=source,
    )


def _unrecordable(plan: SessionPlan, sign: str) -> tuple[Level | None, str, tuple[Finding, ...]]:
    limits = plan.limits["systolic" if sign == BLOOD_PRESSURE else sign]
    if limits.unrecordable is None:
        return None, UNRECORDABLE, ()
    finding = Finding(
        rule=f"{sign}-unrecordable",
        level=limits.unrecordable,
        above=False,
        word=UNRECORDABLE,
        text=f"{SIGNS[sign].display} unrecordable",
        source=limits.source,
    )
    return limits.unrecordable, UNRECORDABLE, (finding,)
