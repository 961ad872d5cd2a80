"""This file is about the columns of follow-ups: when each was due, each try, what she said."""

from collections.abc import Callable

from clinic.followups.rules import Amount, How, NextStep, Reached, Reply, State
from clinic.followups.rules.answers import HARM, INFANT, WARNING
from clinic.instruments.rules import SafetyStep
from clinic.reports.rules.beside_record import ContactExport, FollowUpExport, ResponseExport
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import moments, postpartum_day
from clinic.reports.rules.columns.whose import whose
from clinic.reports.rules.course_record import Owner
from clinic.reports.rules.masks import Privacy

One = FollowUpExport


def rows(follow_up: One) -> tuple[One, ...]:
    """The follow-up itself."""
    return (follow_up,)


def owner(row: One) -> Owner:
    """Whose follow-up it is."""
    return row.owner


def tried(value: Callable[[ContactExport], object]) -> Callable[[One], object]:
    """A value of the try; None when nobody tried."""
    return lambda row: value(row.contact) if row.contact else None


def answered(value: Callable[[ResponseExport], object]) -> Callable[[One], object]:
    """A value of what was done about it; None without a response."""
    return lambda row: value(row.contact.response) if row.contact and row.contact.response else None


def effects(contact: ContactExport) -> str | None:
    """`nausea=mild; headache=none`: each side effect that was asked, by its code."""
    asked = contact.answers.effects.items()
    return "; ".join(f"{code}={amount.value}" for code, amount in asked) or None


def reply(code: str) -> Callable[[ContactExport], object]:
    """The answer to a question of safety; None when it was not asked."""
    return lambda contact: contact.answers.replies[code].value if replied(contact, code) else None


def replied(contact: ContactExport, code: str) -> bool:
    """Whether a question has an answer."""
    return code in contact.answers.replies


PLANNED: tuple[Column[One], ...] = (
    *whose(owner),
    Column(
        "follow_up",
        "Code of the follow-up in the course's version of the protocol",
        Kind.CODE,
        lambda row: row.due.code,
        definition="D7.3",
        privacy=Privacy.KEEP,
    ),
    Column(
        "session_id",
        "Session whose dose it counts from",
        Kind.CODE,
        lambda row: str(row.due.dose.session_id),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "session_number", "Number of that session", Kind.INTEGER, lambda row: row.due.dose.number
    ),
    *moments("due_at", "When it is due, moved or not", lambda row: row.due.due_at, owner, "D7.6"),
    *moments("opens_at", "Beginning of its window", lambda row: row.due.opens_at, owner, "D7.6"),
    *moments("closes_at", "End of its window", lambda row: row.due.closes_at, owner, "D7.6"),
    postpartum_day(lambda row: row.due.due_at, owner, "due_at"),
    Column(
        "state",
        "How it stands when the file was made",
        Kind.CODE,
        lambda row: row.due.state.value,
        codes=codes(State),
        definition="D7.6",
    ),
    Column(
        "in_window",
        "Done inside its window; empty: not done",
        Kind.YES_NO,
        lambda row: row.due.in_window,
        definition="D7.6",
    ),
    Column(
        "why_not",
        "Why it was moved or given up, as typed",
        Kind.TEXT,
        lambda row: row.due.handled.reason if row.due.handled else None,
    ),
)

TRY: tuple[Column[One], ...] = (
    Column(
        "contact_id",
        "Try as first written; empty: nobody tried",
        Kind.CODE,
        tried(lambda c: str(c.id)),
        privacy=Privacy.PSEUDONYM,
    ),
    *moments(
        "contacted_at",
        "When she was called or seen",
        lambda row: row.contact.contacted_at if row.contact else None,
        owner,
    ),
    *moments(
        "recorded_at",
        "When that was written down",
        lambda row: row.contact.recorded_at if row.contact else None,
        owner,
    ),
    Column("how", "How", Kind.CODE, tried(lambda c: c.how.value), codes=codes(How)),
    Column(
        "reached",
        "Whether she was reached",
        Kind.CODE,
        tried(lambda c: c.reached.value),
        codes=codes(Reached),
    ),
)

SAID: tuple[Column[One], ...] = (
    Column(
        "side_effects",
        "What she said of each side effect that was asked, code=amount separated by semicolons",
        Kind.TEXT,
        tried(effects),
        privacy=Privacy.KEEP,
    ),
    Column(
        "other_side_effect",
        "Other side effect, as typed",
        Kind.TEXT,
        tried(lambda c: c.answers.other_effect),
    ),
    Column(
        "bladder",
        "Bladder symptoms",
        Kind.CODE,
        tried(lambda c: c.answers.bladder and c.answers.bladder.value),
        codes=codes(Amount),
    ),
    *(
        Column(
            f"{question.code.replace('-', '_')}",
            f"{question.text} ({question.source}); empty: not asked",
            Kind.CODE,
            tried(reply(question.code)),
            codes=codes(Reply),
        )
        for question in (*INFANT, HARM, WARNING)
    ),
    Column(
        "screen_not_asked",
        "Why the screening of risk was not asked, as typed",
        Kind.TEXT,
        tried(lambda c: c.answers.screen_reason),
        definition="D7.4",
    ),
    Column("told", "Who heard of a concern, as typed", Kind.TEXT, tried(lambda c: c.answers.told)),
    Column("note", "Note, as typed", Kind.TEXT, tried(lambda c: c.note)),
)

THEN: tuple[Column[One], ...] = (
    Column(
        "next_step",
        "Next step",
        Kind.CODE,
        tried(lambda c: c.next_step and c.next_step.value),
        codes=codes(NextStep),
    ),
    *moments(
        "next_try_at",
        "When to try again",
        lambda row: row.contact.next_try_at if row.contact else None,
        owner,
    ),
    *moments(
        "answer_by_at",
        "Until when its concerns want a response in writing; empty: it has none",
        lambda row: row.contact.answer_by_at if row.contact else None,
        owner,
    ),
    Column(
        "response_step",
        "What was done",
        Kind.CODE,
        answered(lambda r: r.step and r.step.value),
        codes=codes(SafetyStep),
    ),
    Column("response_words", "What was done, as typed", Kind.TEXT, answered(lambda r: r.text)),
    *moments(
        "responded_at",
        "When that was written",
        lambda row: (
            row.contact.response.responded_at if row.contact and row.contact.response else None
        ),
        owner,
    ),
    Column(
        "response_author",
        "Who wrote it",
        Kind.TEXT,
        answered(lambda r: r.author),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "author",
        "Who wrote the try down",
        Kind.TEXT,
        tried(lambda c: c.author),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "corrected",
        "The try was changed after it was first written",
        Kind.YES_NO,
        tried(lambda c: c.corrected),
    ),
    Column(
        "correction_reason",
        "Why it was last changed, as typed",
        Kind.TEXT,
        tried(lambda c: c.reason),
    ),
)

COLUMNS: tuple[Column[One], ...] = (*PLANNED, *TRY, *SAID, *THEN)
