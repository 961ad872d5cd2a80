"""This file is about alerts: episodes with their calls, clocks and repeats, and those in error."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS, Level, SessionPlan
from clinic.sessions.rules.basis import Basis, leaving
from clinic.sessions.rules.dose import first_drug_at
from clinic.sessions.rules.episodes import Episode, episodes_of
from clinic.sessions.rules.log import (
    Acknowledgement,
    Administration,
    AdverseEvent,
    Entry,
    Observation,
    SessionFacts,
    Transition,
)
from clinic.sessions.rules.moments import Watch, minutes, whole_minute
from clinic.sessions.rules.readings import Readings, readings_of
from clinic.sessions.rules.replay import known_at, read_log, recorded_late
from clinic.sessions.rules.results import Alert, Called
from clinic.sessions.rules.severe import pressure_signals, severe_runs
from clinic.sessions.rules.signals import Seen, reading_signals, seen_values


class PastAlerts:
    """What stood open before each entry that rewrites the past; worked out once, for any now."""

    def __init__(self, plan: SessionPlan, facts: SessionFacts, entries: tuple[Entry, ...]) -> None:
        self.plan, self.facts, self.entries = plan, facts, entries
        self.found: dict[UUID, list[Alert]] = {}

    def before(self, entry: Entry) -> list[Alert]:
        if entry.id not in self.found:
            watch = Watch(known_at(entry))
            log = read_log(tuple(e for e in self.entries if e.log_seq < entry.log_seq), watch)
            then = Basis(self.plan, self.facts, log, watch, first_drug_at(log), leaving(log))
            self.found[entry.id] = _alerts(then, readings_of(then))
        return self.found[entry.id]


def alerts_of(basis: Basis, readings: Readings, past: PastAlerts) -> tuple[Alert, ...]:
    """All alerts, by the moment they were opened; those no longer true are still counted (D4.2)."""
    alerts = _alerts(basis, readings)
    alerts += _no_longer_true(basis, past, alerts)
    return tuple(sorted(alerts, key=lambda alert: (alert.opened_at, alert.key)))


def _alerts(basis: Basis, readings: Readings) -> list[Alert]:
    seen = seen_values(basis, readings)
    signals = [*reading_signals(basis, seen), *pressure_signals(basis, seen)]
    found = episodes_of(signals, seen, basis.log.of(Acknowledgement))
    return [_alert(basis, episode, seen) for episode in found]


def _no_longer_true(basis: Basis, past: PastAlerts, alerts: list[Alert]) -> list[Alert]:
    """What stood open before a correction, or a late entry, took its ground away."""
    standing = {(a.sign, a.level, entry) for a in alerts for entry in a.entry_ids}
    gone: dict[str, Alert] = {}
    for entry in past.entries:
        for alert in past.before(entry) if _rewrites(basis, entry) else ():
            if not standing & {(alert.sign, alert.level, e) for e in alert.entry_ids}:
                gone[alert.key] = replace(
                    alert, raised_in_error=True, silent=True, escalation=(), repeat_due_at=None
                )
    return list(gone.values())


def _rewrites(basis: Basis, entry: Entry) -> bool:
    """Whether an entry can change what was true before it came."""
    if not isinstance(entry, Observation | AdverseEvent | Administration | Transition):
        return False
    late = recorded_late(entry, basis.plan.schedule.late_entry_minutes) and not entry.transcribed
    known = basis.watch.reached(whole_minute(entry.recorded_at))
    return known and (late or entry.corrects_id is not None)


def _alert(basis: Basis, episode: Episode, seen: list[Seen]) -> Alert:
    findings = {f.rule: f for signal in episode.signals for f in signal.findings}
    first = episode.first
    alert = Alert(
        key=episode.key,
        sign=episode.sign,
        level=episode.level,
        rules=tuple(findings),
        text="; ".join(dict.fromkeys(f.text for f in first.findings)),
        source="; ".join(dict.fromkeys(f.source for f in findings.values())),
        opened_by=first.entry_id,
        entry_ids=episode.entry_ids,
        taken_at=first.taken_at,
        opened_at=whole_minute(first.known_at),
        last_true_at=episode.last_true_at,
        late=first.late,
        silent=all(signal.transcribed for signal in episode.signals),
        repeat_signs=(episode.sign,) if episode.sign in ENTRY_SIGNS else (),
        repeat_due_at=_repeat_due_at(basis, episode, seen),
    )
    alert = _with_clocks(basis, _with_words(alert, episode), episode, seen)
    return alert if alert.silent else replace(alert, escalation=_calls(basis, alert))


def _with_words(alert: Alert, episode: Episode) -> Alert:
    """Who took it up, what was done, and how it was closed."""
    words = episode.acknowledgements
    first = next((word for word in words if not word.closes), words[0] if words else None)
    return replace(
        alert,
        acknowledged_at=whole_minute(known_at(first)) if first else None,
        acknowledged_by=first.author_id if first else None,
        action="; ".join(word.action_taken for word in words if word.action_taken),
        expected_effect=any(word.expected_effect for word in words),
        closed_at=whole_minute(episode.closed_at) if episode.closed_at else None,
        closed_by=episode.closed_by,
        closed_how=episode.closed_how,
        close_reason=episode.close_reason,
    )


def _repeat_due_at(basis: Basis, episode: Episode, seen: Iterable[Seen]) -> datetime | None:
    """The last true reading + 5, by the protocol, until the sign is measured again (D1.2)."""
    if episode.sign not in ENTRY_SIGNS or episode.closed_at or basis.left_at:
        return None
    last = episode.last_true_at
    if any(s.reading.sign == episode.sign and s.taken_at > last for s in seen):
        return None
    return last + minutes(basis.plan.schedule.repeat_minutes)


def _calls(basis: Basis, alert: Alert) -> tuple[Called, ...]:
    """Who is called when, counted from recorded; nobody more once it is taken up (D4.3, D1.3)."""
    rule = basis.plan.escalation
    steps = rule.emergency if alert.level is Level.EMERGENCY else rule.alert
    ends = [at for at in (alert.acknowledged_at, alert.closed_at) if at is not None]
    called = []
    for step in steps:
        at = alert.opened_at + minutes(step.after_minutes)
        in_time = not step.after_minutes or not ends or at < min(ends)
        called.append(Called(step.who, at, in_time and basis.watch.reached(at)))
    return tuple(called)


def _with_clocks(basis: Basis, alert: Alert, episode: Episode, seen: list[Seen]) -> Alert:
    """Confirm within 15 min, treat within 30 to 60 min of it, by the protocol (D4.4)."""
    rule = basis.plan.persistent
    pressures = [s for s in seen if s.reading.sign == BLOOD_PRESSURE and s.is_measured]
    runs = [r for r in severe_runs(basis, pressures) if _touches(alert, r.severe)]
    if alert.sign != BLOOD_PRESSURE or not runs:
        return alert
    first = runs[0].severe[0]
    if not basis.obstetric(first.taken_at, rule.clocks_up_to_day):
        return alert
    confirmed_at = _confirmed_at(episode)
    return replace(
        alert,
        confirm_by=first.taken_at + minutes(rule.confirm_minutes),
        confirmed_at=confirmed_at,
        treat_from=confirmed_at and confirmed_at + minutes(rule.treat_from_minutes),
        treat_by=confirmed_at and confirmed_at + minutes(rule.treat_by_minutes),
    )


def _touches(alert: Alert, severe: list[Seen]) -> bool:
    return any(seen.reading.entry_id in alert.entry_ids for seen in severe)


def _confirmed_at(episode: Episode) -> datetime | None:
    """When it was shown to stay: by a second reading or by silence."""
    persistent = {"severe-persistent", "severe-no-reading"}
    return min(
        (s.true_at for s in episode.signals if persistent & {f.rule for f in s.findings}),
        default=None,
    )
