"""This file is about side effects as rows: seen in a session, or told at a follow-up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from clinic.followups.rules import Told
from clinic.protocols.rules import Severity
from clinic.review.rules.record import CourseRecord
from clinic.review.rules.sessions import SessionRow


@dataclass(frozen=True)
class EffectRow:
    """The worst severity of one side effect, in one session or in one contact.

    `told`: the follow-up in which she told of it, empty for what was seen in the session; whether
    it was serious is not asked there. `number`: the session that it belongs to, if any.
    """

    term: str
    number: int | None
    at: datetime
    day: float
    severity: Severity
    serious: bool
    told: str = ""

    @property
    def where(self) -> str:
        """`session 6`, `told at 24 hours after the dose`."""
        return f"told at {self.told.lower()}" if self.told else f"session {self.number}"


def effect_rows(record: CourseRecord, sessions: Iterable[SessionRow]) -> list[EffectRow]:
    """Side effects by term, those that came most often first."""
    numbers = {session.id: session.number for session in record.sessions}
    found = [*seen_rows(sessions)]
    found += [
        told_row(record, told, numbers.get(told.session_id) if told.session_id else None)
        for told in record.told
    ]
    often = [row.term for row in found]
    return sorted(found, key=lambda row: (-often.count(row.term), row.term, row.day))


def seen_rows(sessions: Iterable[SessionRow]) -> Iterator[EffectRow]:
    """What was seen; each term once for a session."""
    found: dict[tuple[str, int], EffectRow] = {}
    for row in sessions:
        for effect in row.effects:
            key = effect.text, row.number
            new = EffectRow(
                effect.text, row.number, row.at, row.day, effect.peak_severity, effect.serious
            )
            found[key] = worse_of(found.get(key), new)
    yield from found.values()


def worse_of(before: EffectRow | None, new: EffectRow) -> EffectRow:
    """The same side effect twice in a session: the worst severity, serious if either was."""
    if before is None:
        return new
    worst = max(before.severity, new.severity, key=lambda severity: severity.rank)
    return replace(new, severity=worst, serious=new.serious or before.serious)


def told_row(record: CourseRecord, told: Told, number: int | None) -> EffectRow:
    """What she told of, at the moment of the contact: when it began is not known."""
    words, severity = told.symptom.words, told.symptom.severity
    day = record.day(told.at)
    return EffectRow(words, number, told.at, day, severity, serious=False, told=told.moment)
