"""This file is about what is asked in a contact, and which answers somebody must hear of.

Any answer but "no" to a question of safety is a concern: it is answered in writing by a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic.followups.rules.codes import Amount, NextStep, Reply


@dataclass(frozen=True)
class Question:
    """One question of safety. `milk`: asked only when her milk may reach the infant."""

    code: str
    text: str
    source: str
    milk: bool = False


INFANT = (
    Question("hard-to-wake", "Hard to wake, or sleepier than usual", "LactMed; definitions D8.6"),
    Question("feeding", "Feeding less, or weaker", "LactMed", milk=True),
    Question("breathing", "Breathing differently", "LactMed; definitions D8.6"),
    Question("colour", "Other colour, or floppy", "LactMed; definitions D8.6"),
)
HARM = Question("harm", "Thoughts of harming the baby", "definitions D7.4")
WARNING = Question(
    "warning",
    "Severe headache, change of vision, chest pain, or short of breath",
    "definitions D3; ACOG CO 767",
)
QUESTIONS = {question.code: question for question in (*INFANT, HARM, WARNING)}
# definitions D8.6: these are a call to the emergency number, and a call of ours.
EMERGENCIES = frozenset({"hard-to-wake", "breathing", "colour"})
BLADDER = "bladder"


@dataclass(frozen=True)
class Answers:
    """What she said. `effects`: term of the protocol -> how much since the last contact.

    `replies`: question -> answer, only for what was asked. `told`: who heard of a concern.
    """

    effects: Mapping[str, Amount] = field(default_factory=dict)
    other_effect: str | None = None
    bladder: Amount | None = None
    replies: Mapping[str, Reply] = field(default_factory=dict)
    screen_reason: str | None = None
    told: str | None = None

    def as_tree(self) -> dict[str, Any]:
        """The same as nested dict and str, for storing."""
        return {
            "effects": {code: str(amount) for code, amount in self.effects.items()},
            "other_effect": self.other_effect,
            "bladder": None if self.bladder is None else str(self.bladder),
            "replies": {code: str(reply) for code, reply in self.replies.items()},
            "screen_reason": self.screen_reason,
            "told": self.told,
        }

    @staticmethod
    def from_tree(tree: Mapping[str, Any]) -> "Answers":
        """What `as_tree` wrote."""
        bladder = tree.get(BLADDER)
        return Answers(
            effects={code: Amount(amount) for code, amount in tree.get("effects", {}).items()},
            other_effect=tree.get("other_effect"),
            bladder=Amount(bladder) if bladder else None,
            replies={code: Reply(reply) for code, reply in tree.get("replies", {}).items()},
            screen_reason=tree.get("screen_reason"),
            told=tree.get("told"),
        )


@dataclass(frozen=True)
class Concern:
    """Something that a person answers in writing. `urgent`: a psychiatrist hears of it today;
    `emergency`: the next step is the emergency, nothing less."""

    code: str
    text: str
    source: str
    urgent: bool
    emergency: bool = False


def asked(*, infants: bool, milk: bool | None) -> tuple[Question, ...]:
    """The questions of safety of one contact. `milk` None: feeding was never asked, so this is."""
    of_infant = [q for q in INFANT if not q.milk or milk is not False] if infants else []
    return (WARNING, *of_infant, *((HARM,) if infants else ()))


def concerns(answers: Answers, terms: Mapping[str, str]) -> list[Concern]:
    """Every concern of a contact. `terms`: code of a side effect -> its words."""
    return [*_of_replies(answers), *_of_effects(answers, terms), *_of_screen(answers)]


def _of_replies(answers: Answers) -> Iterator[Concern]:
    for code, reply in answers.replies.items():
        question = QUESTIONS[code]
        if reply is Reply.YES:
            urgent = code in (HARM.code, WARNING.code)
            now = code == WARNING.code
            yield Concern(code, question.text, question.source, urgent=urgent, emergency=now)
        elif reply is Reply.REFUSED:
            words = f"{question.text}: not answered, ask today"
            yield Concern(code, words, question.source, urgent=False)


def _of_effects(answers: Answers, terms: Mapping[str, str]) -> Iterator[Concern]:
    amounts = {**answers.effects, **({BLADDER: answers.bladder} if answers.bladder else {})}
    for code, amount in amounts.items():
        if amount is Amount.SEVERE:
            words = {"other": answers.other_effect, BLADDER: "Bladder symptoms"}.get(code)
            words = words or terms.get(code, code)
            yield Concern(code, f"{words}, severe", "definitions D6", urgent=True)


def _of_screen(answers: Answers) -> Iterator[Concern]:
    if answers.screen_reason:
        words = f"C-SSRS not asked: {answers.screen_reason}"
        yield Concern("screen", words, "definitions D7.4", urgent=False)


def step_fault(
    step: NextStep, found: list[Concern], *, screen_level: str | None, urgent_screen: bool
) -> str | None:
    """Why a next step is not offered, or None. An urgent finding needs a psychiatrist today.

    `screen_level` is that of the C-SSRS of this contact; `urgent_screen`: moderate or high.
    """
    reasons = [concern.text for concern in found]
    if urgent_screen:
        reasons.insert(0, f"C-SSRS {screen_level}")
    if step is NextStep.AS_PLANNED and reasons:
        return f"“As planned” is closed: {'; '.join(reasons)}."
    now = [concern.text for concern in found if concern.emergency]
    if now and step is not NextStep.EMERGENCY:
        return f"Choose emergency, and call the psychiatrist: {'; '.join(now)}."
    urgent = urgent_screen or any(concern.urgent for concern in found)
    if step is NextStep.CALL_AGAIN and urgent:
        return f"Choose psychiatrist today, or emergency: {'; '.join(reasons)}."
    return None
