"""This file is about made courses: sessions and scores at days from the first dose, no database.

The numbers of `maya` are those of an invented course: six sessions, three scales.
"""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from clinic.followups.rules import Symptom, Told
from clinic.instruments.library import library_instruments
from clinic.instruments.rules import Instrument, Method, Moment, OutcomeRules, score, triage
from clinic.protocols.library import library_protocols
from clinic.protocols.rules import Severity
from clinic.review.rules import CourseRecord, Measure, Medicine, Treated, Use, Visit, Window
from clinic.sessions.rules import session_state
from tests.sessions.rules.factories import FACTS, NASAL, Logbook
from tests.sessions.rules.factories import T0 as LOGBOOK_T0

FIRST = datetime(2026, 2, 24, 9, 40, tzinfo=UTC)
DUBLIN = ZoneInfo("Europe/Dublin")
SCALES = library_instruments()
PROTOCOL = library_protocols()["esketamine-nasal-56-84"]
SHOWN = (("MADRS", "standard"), ("EPDS", "standard"), ("PHQ9", "standard"))


def at(day: float) -> datetime:
    """A moment so many days after the first dose."""
    return FIRST + timedelta(days=day)


def answers(scale: Instrument, total: int, **items: int) -> dict[str, int]:
    """Answers that come to a total: items given as `_10=2`, the others filled one after another."""
    assert scale.scoring is not None
    counted = [item for term in scale.scoring.terms for item in term.items]
    said = {name.removeprefix("_"): value for name, value in items.items()}
    rest = total - sum(said.values())
    for item in counted:
        if item not in said:
            said[item] = min(rest, max(scale.scores_of(item)))
            rest -= said[item]
    assert rest == 0, "these items cannot come to that total"
    return said


def use(
    code: str,
    day: float,
    total: int = 0,
    *,
    form: str = "standard",
    reviewed: bool = True,
    **i: int,
) -> Use:
    """One use; items as `_10=2`, safety items 0 unless given."""
    scale = SCALES[code]
    safe = {f"_{rule.item}": 0 for rule in scale.safety} if scale.has_total else {}
    said = answers(scale, total, **safe | i)
    return used(scale, day, said, form, reviewed=reviewed)


def used(
    scale: Instrument, day: float, said: dict[str, int], form: str, *, reviewed: bool = True
) -> Use:
    """One use with these answers."""
    result = score(scale, said)
    level = triage(scale, said) if scale.method is Method.TRIAGE else None
    open_items = {finding.item for finding in (level or result).findings}
    return Use(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"{scale.code}{form}{day}"),
        instrument=scale,
        form=form,
        taken_at=at(day),
        answers=said,
        score=result,
        triage=level,
        unreviewed=frozenset() if reviewed else frozenset(open_items),
    )


def treated(
    number: int,
    day: float,
    readings: dict[int, dict[str, Any]],
    *,
    effects: tuple[tuple[int, str, str], ...] = (),
    locked: bool = True,
    devices: int = 2,
    until: float = 200,
) -> Treated:
    """A session: readings by minute from T0 (those before it are pre-dose), effects, the state."""
    book = Logbook()
    for n in range(1, devices + 1):
        book.device(0 if n == 1 else 5, n)
    for minute, values in readings.items():
        book.full(minute, **values)
    for minute, term, severity in effects:
        onset = book.effect(minute, term, severity)
        book.effect_change(minute + 40, onset)
    shift = at(day) - LOGBOOK_T0
    entries = [
        replace(e, effective_at=e.effective_at + shift, recorded_at=e.recorded_at + shift)
        for e in book.entries
    ]
    state = session_state(NASAL, FACTS, entries, at(day) + timedelta(minutes=until))
    signer = "Aiko Kimura" if locked else None
    return Treated(uuid.UUID(int=500 + number), number, NASAL, state, locked, signer)


def told(day: float, term: str, severity: Severity, *, session: int | None = None) -> Told:
    """A side effect of which she told so many days after the first dose."""
    return Told(
        contact_id=uuid.uuid5(uuid.NAMESPACE_OID, f"{day}"),
        session_id=session and uuid.UUID(int=500 + session),
        code="24-hours",
        moment="24 hours after the dose",
        at=at(day),
        symptom=Symptom(term, term.capitalize(), severity),
        author_id=uuid.UUID(int=1),
        corrected=False,
    )


def pressures(before: str, highest: str, dissociation: int) -> dict[int, dict[str, Any]]:
    """A reading before the dose, one at its highest, one at the end."""
    peak = {"blood_pressure": highest, "dissociation": dissociation}
    end = {"blood_pressure": before}
    return {-15: {"blood_pressure": before}, 40: peak, 60: end, 90: end, 120: end}


@cache
def measures() -> dict[tuple[str, str], Measure]:
    """What the protocol pins."""
    days = timedelta(days=PROTOCOL.outcome.baseline_days)
    return {
        (s.scale, s.form): Measure(
            SCALES[s.scale], OutcomeRules(s.form, s.response, s.remission, days)
        )
        for s in PROTOCOL.outcome.scales
    }


def windows() -> tuple[Window, ...]:
    """The moments of the protocol."""
    hours = timedelta(hours=1)
    return tuple(
        Window(
            Moment(w.code, w.at_hours * hours, w.opens_hours * hours, w.closes_hours * hours),
            w.text,
        )
        for w in PROTOCOL.outcome.windows
    )


def course(*uses: Use, sessions: tuple[Treated, ...] = (), day: float = 16, **more: Any):
    """A course as it stands so many days after its first dose."""
    values: dict[str, Any] = {
        "now": at(day),
        "zone": DUBLIN,
        "opened_on": date(2026, 2, 10),
        "ended_on": None,
        "birth_on": date(2026, 1, 22),
        "sessions": sessions,
        "uses": tuple(sorted(uses, key=lambda one: one.taken_at)),
        "scales": tuple((SCALES[code], form) for code, form in SHOWN),
        "measures": measures(),
        "windows": windows(),
    }
    return CourseRecord(**values | more)


def one_session(**given: Any) -> tuple[Treated, ...]:
    """The first session, quiet."""
    return (treated(1, 0, pressures("116/74", "138/86", 2), **given),)


def maya(**more: Any) -> CourseRecord:
    """Six sessions, MADRS in both forms, EPDS, PHQ-9, medicines, visits; two days after the last.

    The sixth has a rise of +46/+26 and PHQ-9 item 9 of the evaluation is not reviewed.
    """
    rises = (
        (0, "116/74", "138/86", 2),
        (2, "114/72", "134/84", 2),
        (7, "118/76", "152/92", 3),
        (9, "116/74", "146/90", 3),
        (14, "114/72", "142/88", 2),
        (16, "118/76", "164/102", 3),
    )
    effects = ((10, "dizziness", "mild"), (20, "nausea", "moderate"))
    sessions = tuple(
        treated(n, day, pressures(before, high, peak), effects=effects, devices=2 if n < 3 else 3)
        for n, (day, before, high, peak) in enumerate(rises, 1)
    )
    uses = (
        *(use("EPDS", d, t) for d, t in ((-14, 24), (-7, 24), (-0.1, 23), (7, 16), (13.9, 12))),
        *(use("MADRS", d, t) for d, t in ((-14.1, 35), (-0.1, 34), (7, 16), (13.9, 12))),
        use("MADRS", -0.08, 33, form="24-hours"),
        use("MADRS", 1, 21, form="24-hours"),
        use("PHQ9", -14, 21, _9=2, reviewed=False),
        use("PHQ9", -0.1, 20, _9=1),
        use("PHQ9", 13.9, 9),
    )
    medicines = (
        Medicine("Sertraline", "150 mg daily", date(2026, 2, 3), None),
        Medicine("Lorazepam", "0.5 mg as needed", date(2026, 1, 28), date(2026, 2, 9)),
    )
    visits = (
        Visit("psychotherapy", "Psychotherapy", "done", at(1.2)),
        Visit("integration", "Integration", "missed", at(8)),
        Visit("integration", "Integration", "planned", at(19)),
    )
    given = {"sessions": sessions, "day": 18, "medicines": medicines, "visits": visits}
    return course(*uses, **given | more)
