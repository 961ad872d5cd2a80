"""This file is about what she is asked on her own form, in the clinic's words, and her answers."""

from collections.abc import Mapping, Sequence

from clinic.followups.rules.answers import BLADDER, EMERGENCIES, WARNING, Answers, Question
from clinic.followups.rules.codes import Amount, Reply

# How a side effect is called to her; what she cannot notice by herself is not asked.
HER_WORDS = {
    "dizziness": "Dizzy",
    "dissociation": "Feeling unreal or far away",
    "nausea": "Feeling sick",
    "vomiting": "Being sick",
    "headache": "Headache",
    "anxiety": "Anxious",
    "sedation": "Very sleepy in the day",
}
NOT_ASKED = frozenset({"blood-pressure-increased", "other"})
AMOUNTS = {
    Amount.NONE: "Not at all",
    Amount.MILD: "A little",
    Amount.MODERATE: "Clearly",
    Amount.SEVERE: "Very much",
}
INFANT_WORDS = {
    "hard-to-wake": "Is your baby hard to wake, or sleepier than usual?",
    "feeding": "Does your baby feed less, or more weakly?",
    "breathing": "Does your baby breathe differently?",
    "colour": "Has your baby another colour, or is your baby floppy?",
    WARNING.code: "Do you have a severe headache, trouble seeing, chest pain, or are you short of"
    " breath?",
}
BLADDER_WORDS = "Needing to pass water often, or pain with it"
EFFECT, REPLY = "effect_", "q_"
Given = Mapping[str, str | None]


def asked_of_her(questions: Sequence[Question]) -> list[Question]:
    """The questions of safety that a form may ask; the others are asked by a person."""
    return [question for question in questions if question.code in INFANT_WORDS]


def is_emergency(question: Question) -> bool:
    """Whether a yes brings the emergency number first (definitions D8.6)."""
    return question.code in EMERGENCIES or question.code == WARNING.code


def answers_of(given: Given, *, finished: bool) -> Answers:
    """What she said as a contact holds it. A question of safety that she skipped is not a no: once
    she is done, it is open like one that was refused."""
    effects = {
        code.removeprefix(EFFECT): Amount(value)
        for code, value in given.items()
        if code.startswith(EFFECT) and value is not None
    }
    replies = {
        code.removeprefix(REPLY): Reply(value) if value is not None else Reply.REFUSED
        for code, value in given.items()
        if code.startswith(REPLY) and (value is not None or finished)
    }
    bladder = given.get(BLADDER)
    return Answers(effects, None, Amount(bladder) if bladder else None, replies)
