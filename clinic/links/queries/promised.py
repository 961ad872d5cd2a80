"""This file is about what the support page may promise: what the cover list holds (D8.6)."""

from dataclasses import dataclass
from datetime import datetime

from clinic.accounts.queries.duties import named_around
from clinic.courses.queries import protocol_of
from clinic.instruments.rules.promise import NOT_SET, Promise, ResponseMinutes, promise
from clinic.links.models import LinkAnswer, PrivateLink
from clinic.links.queries.asked import Asked
from clinic.links.rules import Choice, Support
from clinic.protocols.rules import Protocol


@dataclass(frozen=True)
class Supported:
    """An answer that asked for support and is stored: what she said, who is told, by when."""

    answer: LinkAnswer
    asked: Asked
    choice: Choice
    promise: Promise

    @property
    def emergency(self) -> bool:
        """Whether the emergency number comes first."""
        return self.answer.support is Support.EMERGENCY


def supported(link: PrivateLink, asked: Asked, given: list[LinkAnswer]) -> Supported | None:
    """The newest answer to a question that asked for support; None: none is stored.

    Found although she changed her answer since: Back takes no alert away.
    """
    same = (asked.part, asked.question.code)
    found = [one for one in given if one.support and (one.part, one.question) == same]
    choice = asked.question.choice(found[-1].value) if found else None
    if choice is None:
        return None
    return Supported(found[-1], asked, choice, promised(link, found[-1]))


def promised(link: PrivateLink, answer: LinkAnswer) -> Promise:
    """Who is told of an answer, and by when she is called, as the cover list held it then."""
    minutes = minutes_of(protocol_of(link.course_id), answer.support)
    return promise_at(answer.answered_at, minutes)


def promise_at(at: datetime, minutes: ResponseMinutes) -> Promise:
    """What the cover list holds at a moment."""
    return promise(named_around(at), at, minutes)


def minutes_of(protocol: Protocol, support: Support | None) -> ResponseMinutes:
    """The clinic's minutes from an answer to the call; of a concern about an infant, its own."""
    if support is Support.EMERGENCY:
        return ResponseMinutes(protocol.contact.answer_minutes, protocol.contact.answer_minutes)
    rules = protocol.risk_answers
    return ResponseMinutes(rules.in_hours_minutes, rules.after_hours_minutes) if rules else NOT_SET
