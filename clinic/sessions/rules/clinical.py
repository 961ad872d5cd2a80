"""This file is about the clinical criteria of readiness, each at one moment (definitions D6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from clinic.protocols.rules import BLOOD_PRESSURE, Discharge, Item, Severity
from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.items import is_expected, latest_check
from clinic.sessions.rules.judging import raises_alert
from clinic.sessions.rules.log import (
    AdverseEvent,
    BloodPressure,
    Intervention,
    InterventionCategory,
    Measured,
)
from clinic.sessions.rules.moments import minutes_between
from clinic.sessions.rules.readings import Readings
from clinic.sessions.rules.results import Alert, CriterionStatus, SideEffect, SignReading
from clinic.sessions.rules.side_effects import side_effects_of

MET, NOT_YET = CriterionStatus.MET, CriterionStatus.NOT_YET
NEEDS_A_PERSON = CriterionStatus.NEEDS_A_PERSON
RESPIRATORY = ("spo2", "respiratory_rate")
PER_CENT = 100


@dataclass(frozen=True)
class Found:
    """One criterion at one moment; `evidence_at`: when what it rests on was seen."""

    code: str
    text: str
    status: CriterionStatus
    why: str
    evidence_at: datetime | None = None
    person: str | None = None


@dataclass(frozen=True)
class Evidence:
    """What the criteria look at, up to `until`; only what was found after T0 speaks of recovery."""

    basis: Basis
    readings: Readings
    alerts: tuple[Alert, ...]
    until: datetime

    @property
    def rules(self) -> Discharge:
        return self.basis.plan.discharge

    def values(self, sign: str) -> list[SignReading]:
        return [
            reading
            for reading in self.readings.values(sign)
            if self.basis.after_t0(reading.effective_at) and reading.effective_at <= self.until
        ]

    def number(self, sign: str) -> tuple[Decimal | None, SignReading | None]:
        """The latest value as a number; None when there is none or it cannot be recorded."""
        found = self.values(sign)[-1:]
        if not found:
            return None, None
        value = found[0].value
        plain = isinstance(value, Measured) and not isinstance(value.value, BloodPressure)
        return (Decimal(str(value.value)) if plain else None), found[0]  # type: ignore[union-attr]

    def active_effects(self) -> list[SideEffect]:
        known = [e for e in self.basis.log.of(AdverseEvent) if e.effective_at <= self.until]
        return [effect for effect in side_effects_of(self.basis, known) if effect.active]


def clinical_criteria(evidence: Evidence) -> list[Found]:
    """All clinical criteria. The minimum stay is none of them: it is a rule of time."""
    return [
        _pressure(evidence),
        _oxygen(evidence),
        _respiratory_rate(evidence),
        _respiratory_alerts(evidence),
        _sedation(evidence),
        _dissociation(evidence),
        _severe_effects(evidence),
        *_ageing_items(evidence),
    ]


def _pressure(evidence: Evidence) -> Found:
    code, text = "blood-pressure", "Blood pressure near pre-dose and outside alert"
    found = evidence.values(BLOOD_PRESSURE)[-1:]
    value = found[0].value if found else None
    pair = value.value if isinstance(value, Measured) else None
    if not isinstance(pair, BloodPressure):
        return Found(code, text, NOT_YET, "no blood pressure after the dose")
    at = found[0].effective_at
    if raises_alert(found[0].findings):
        return Found(code, text, NOT_YET, f"{pair}: {found[0].findings[0].text}", at)
    baseline = evidence.readings.pre_dose.get(BLOOD_PRESSURE)
    if baseline is None or not isinstance(baseline.value, Measured):
        return Found(code, text, NEEDS_A_PERSON, f"{pair}, no baseline", at, "psychiatrist")
    before = baseline.value.value
    assert isinstance(before, BloodPressure)  # noqa: S101 - narrows the type
    near = _near(evidence, pair, before)
    limit = evidence.rules.pressure_within_percent
    why = f"{pair}, pre-dose {before}, within {limit} %"
    return Found(code, text, MET if near else NOT_YET, why if near else f"not yet: {why}", at)


def _near(evidence: Evidence, pair: BloodPressure, before: BloodPressure) -> bool:
    """Both numbers, upwards and downwards, within the protocol's part of pre-dose."""
    limit = evidence.rules.pressure_within_percent
    return all(
        abs(now - then) * PER_CENT <= limit * then
        for now, then in (
            (pair.systolic, before.systolic),
            (pair.diastolic, before.diastolic),
        )
    )


def _oxygen(evidence: Evidence) -> Found:
    code = "spo2-on-air"
    text = f"SpO₂ {evidence.rules.spo2_from} or more on air"
    value, reading = evidence.number("spo2")
    if reading is None or value is None:
        return Found(code, text, NOT_YET, "no SpO₂ after the dose")
    at = reading.effective_at
    if reading.oxygen_l_min is None:
        return Found(code, text, NOT_YET, f"{value} %, air or oxygen not stated", at)
    if reading.oxygen_l_min > 0:
        return Found(code, text, NOT_YET, f"{value} % on {reading.oxygen_l_min} L/min", at)
    if value < evidence.rules.spo2_from:
        return Found(code, text, NOT_YET, f"{value} % on air", at)
    off_for = _minutes_off_oxygen(evidence, at)
    if off_for is not None and off_for < evidence.rules.oxygen_free_minutes:
        wanted = evidence.rules.oxygen_free_minutes
        return Found(code, text, NOT_YET, f"{value} %, off oxygen {off_for} of {wanted} min", at)
    return Found(code, text, MET, f"{value} % on air", at)


def _minutes_off_oxygen(evidence: Evidence, at: datetime) -> int | None:
    """From the first word of air after the last word of oxygen; None when she had none. Nobody
    writes down when the mask comes off, so the first reading on air has to show it."""
    basis = evidence.basis
    given = [o.effective_at for o in basis.observations if o.oxygen_l_min]
    given += [
        i.effective_at
        for i in basis.log.of(Intervention)
        if i.category is InterventionCategory.OXYGEN
    ]
    last = max((moment for moment in given if moment <= at), default=None)
    if last is None:
        return None
    on_air = [o.effective_at for o in basis.observations if o.oxygen_l_min == 0]
    off_since = min((moment for moment in on_air if last < moment <= at), default=at)
    return minutes_between(off_since, at)


def _respiratory_rate(evidence: Evidence) -> Found:
    low, high = evidence.rules.respiratory_rate_from, evidence.rules.respiratory_rate_to
    code, text = "respiratory-rate", f"Respiratory rate {low} to {high}"
    value, reading = evidence.number("respiratory_rate")
    if reading is None or value is None:
        return Found(code, text, NOT_YET, "no respiratory rate after the dose")
    status = MET if low <= value <= high else NOT_YET
    return Found(code, text, status, f"{value} /min", reading.effective_at)


def _respiratory_alerts(evidence: Evidence) -> Found:
    code, text = "respiratory-alerts", "No open respiratory alert"
    still_open = [
        alert
        for alert in evidence.alerts
        if alert.sign in RESPIRATORY and not alert.raised_in_error
        if alert.opened_at <= evidence.until
        if alert.closed_at is None or alert.closed_at > evidence.until
    ]
    if still_open:
        return Found(code, text, NOT_YET, f"open: {still_open[0].text}")
    return Found(code, text, MET, "none open")


def _sedation(evidence: Evidence) -> Found:
    rules = evidence.rules
    code, text = "moaas", f"MOAA/S {rules.moaas_at_least}, {rules.moaas_times} times in a row"
    last = evidence.values("moaas")[-rules.moaas_times :]
    scores = [r.value.value for r in last if isinstance(r.value, Measured)]
    said = ", ".join(str(score) for score in scores) or "not measured after the dose"
    awake = [s for s in scores if isinstance(s, int) and s >= rules.moaas_at_least]
    at = last[-1].effective_at if last else None
    return Found(code, text, MET if len(awake) == rules.moaas_times else NOT_YET, said, at)


def _dissociation(evidence: Evidence) -> Found:
    code, text = "dissociation", "Dissociation resolved"
    value, reading = evidence.number("dissociation")
    if reading is None or value is None:
        return Found(code, text, NOT_YET, "not measured after the dose")
    at = reading.effective_at
    if value > evidence.rules.dissociation_at_most:
        return Found(code, text, NOT_YET, f"{value} {reading.word}", at)
    if any(effect.term == "dissociation" for effect in evidence.active_effects()):
        return Found(code, text, NOT_YET, "the side effect is not resolved yet", at)
    return Found(code, text, MET, f"{value} {reading.word}", at)


def _severe_effects(evidence: Evidence) -> Found:
    code, text = "severe-side-effects", "No severe side effect without a psychiatrist"
    severe = [e.text for e in evidence.active_effects() if e.severity is Severity.SEVERE]
    if severe:
        why = f"severe: {', '.join(severe)}"
        return Found(code, text, NEEDS_A_PERSON, why, person="psychiatrist")
    return Found(code, text, MET, "none severe")


def _ageing_items(evidence: Evidence) -> Iterator[Found]:
    """Items whose answer is evidence of how she is, such as walking steadily."""
    for item in evidence.rules.items:
        if item.ages:
            yield _ageing_item(evidence, item)


def _ageing_item(evidence: Evidence, item: Item) -> Found:
    check = latest_check(evidence.basis, item.code, evidence.until)
    if check is None:
        return Found(item.code, item.text, NEEDS_A_PERSON, "not asked yet", person="nurse")
    status = MET if is_expected(item, check.answer) else NOT_YET
    why = check.text or f"answered {check.answer.value}"
    return Found(item.code, item.text, status, why, check.effective_at)
