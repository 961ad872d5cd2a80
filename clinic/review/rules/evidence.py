"""This file is about what the record says when a decision is due: facts, no advice."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic.protocols.rules import Severity
from clinic.review.rules.effects import EffectRow, effect_rows
from clinic.review.rules.outcomes import Badge, OutcomeWord, badges
from clinic.review.rules.record import CourseRecord
from clinic.review.rules.safety import SafetyRow, safety_rows
from clinic.review.rules.scales import ScaleRow, scale_rows
from clinic.review.rules.sessions import SessionRow, session_rows

MINUS, THIN = "−", "\u202f"
WORDS = {
    OutcomeWord.REMISSION: "Remission",
    OutcomeWord.RESPONSE: "Response",
    OutcomeWord.PARTIAL: "Partial response",
    OutcomeWord.NO_RESPONSE: "No response",
    OutcomeWord.NOT_IN_REMISSION: "Not in remission",
}


@dataclass(frozen=True)
class Fact:
    """What is known, in a few words, and more about it. `code` says what it is about."""

    code: str
    what: str
    more: str
    outside: bool = False


def facts(record: CourseRecord) -> list[Fact]:
    """Outcome, latest scores, safety answers, pressure, side effects: as the record has them."""
    sessions = session_rows(record)
    return [
        *outcome_facts(badges(record)),
        *score_facts(record, scale_rows(record)),
        safety_fact(record, safety_rows(record)),
        *pressure_facts(sessions),
        *effect_facts(record, sessions),
    ]


def percent_text(percent: int | None) -> str:
    """`−53 %` with a space that never breaks; nothing for none."""
    if percent is None:
        return ""
    sign = MINUS if percent < 0 else "+" if percent > 0 else ""
    return f"{sign}{abs(percent)}{THIN}%"


def outcome_facts(found: list[Badge]) -> Iterator[Fact]:
    """The last moment of which something is said."""
    said = [badge for badge in found if badge.is_said]
    if not said:
        yield Fact("outcome", "Response not known.", "Not enough data at any moment so far.")
        return
    badge = said[-1]
    change = f", {percent_text(badge.percent)}" if badge.percent is not None else ""
    before = f" {badge.baseline} to" if badge.baseline is not None else ""
    yield Fact(
        "outcome",
        f"{badge.title}{before} {badge.total}{change}.",
        f"{WORDS[badge.word]}, {badge.text.lower()}.",
    )


def score_facts(record: CourseRecord, rows: list[ScaleRow]) -> Iterator[Fact]:
    """The latest total of each scale."""
    for row in rows:
        if row.latest is not None:
            change = percent_text(row.latest.percent)
            more = [row.latest.word, record.on_day(row.latest.taken_at), change]
            words = ", ".join(word for word in more if word)
            yield Fact("score", f"{row.title} {row.latest.total}.", f"{words}.")


def safety_fact(record: CourseRecord, rows: list[SafetyRow]) -> Fact:
    """The latest answer to each safety item."""
    last = {row.label: row for row in rows}
    if not last:
        return Fact("safety", "Safety items never asked.", "", outside=True)
    words = "; ".join(f"{r.label}: {r.words}, {record.on_day(r.taken_at)}" for r in last.values())
    positive = any(row.positive for row in last.values())
    head = "Safety items above 0 or not answered." if positive else "Safety items 0."
    return Fact("safety", head, f"{words}.", outside=positive)


def pressure_facts(rows: list[SessionRow]) -> Iterator[Fact]:
    """The rise of the last session, and the highest of the others."""
    if not rows:
        return
    last, others = rows[-1], rows[:-1]
    if last.systolic is None or last.diastolic is None:
        yield Fact("pressure", f"BP rise of session {last.number} unknown.", "No pre-dose value.")
        return
    limits = f"{last.systolic_limit}/{last.diastolic_limit}"
    known = [(r.systolic, r.diastolic) for r in others if r.systolic is not None]
    before = max(known, key=lambda pair: pair[0], default=None)
    earlier = f" Highest before: {plus(*before)}." if before else ""
    yield Fact(
        "pressure",
        f"Session {last.number}: BP up to {last.highest}, {plus(last.systolic, last.diastolic)}.",
        f"{'At or above' if last.rise_outside else 'Below'} the limit of {limits}.{earlier}",
        outside=last.rise_outside,
    )


def plus(systolic: int | None, diastolic: int | None) -> str:
    """`+46/+26`."""
    return f"{signed(systolic)}/{signed(diastolic)}"


def signed(number: int | None) -> str:
    """`+46`, `−4`, `0`."""
    if number is None:
        return "?"
    return f"+{number}" if number > 0 else str(number).replace("-", MINUS)


def effect_facts(record: CourseRecord, rows: list[SessionRow]) -> Iterator[Fact]:
    """How severe side effects were, which go on, and what she told of at follow-ups."""
    found = effect_rows(record, rows)
    if not rows:
        return
    if not found:
        yield Fact("effects", "No side effects on record.", "")
        return
    worst = max(found, key=lambda row: row.severity.rank)
    more = [*of_sessions(rows, found), *of_follow_ups(record, found)]
    yield Fact(
        "effects",
        f"Side effects at most {worst.severity}.",
        " ".join(more),
        outside=worst.severity is Severity.SEVERE or any(row.serious for row in found),
    )


def of_sessions(rows: list[SessionRow], found: list[EffectRow]) -> Iterator[str]:
    """What had not ended when she left, and what was serious."""
    ongoing = [effect.text for row in rows for effect in row.effects if effect.active]
    serious = [f"{row.term} in session {row.number}" for row in found if row.serious]
    if ongoing:
        yield f"Not ended on record: {', '.join(ongoing)}."
    elif any(row.effects for row in rows):
        yield "All ended on record."
    if serious:
        yield f"Serious: {', '.join(serious)}."


def of_follow_ups(record: CourseRecord, found: list[EffectRow]) -> Iterator[str]:
    """What she told of."""
    told = [row for row in sorted(found, key=lambda row: row.day) if row.told]
    words = [f"{r.term.lower()}, {r.severity}, {record.on_day(r.at)}" for r in told]
    if words:
        yield f"Told at follow-ups: {'; '.join(words)}."
