"""This file is about the questions of a link, in the order in which they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinic.courses.models import Course
from clinic.courses.queries import course_or_raise
from clinic.instruments.queries import Shown, current, shown
from clinic.instruments.rules import Instrument, NoScore
from clinic.instruments.rules.licences import Medium
from clinic.links import parts
from clinic.links.models import PrivateLink
from clinic.links.rules import (
    SCALE,
    Choice,
    PartRef,
    Question,
    Support,
    parts_from_json,
    subject_of,
)


@dataclass(frozen=True)
class Asked:
    """A question of a link, and the part that asks it, counted from 0."""

    part: int
    question: Question


def questions_of(link: PrivateLink) -> list[Asked]:
    """Everything a link asks. Empty when the wording of a scale may not be shown any more."""
    course = course_or_raise(link.course_id)
    about = subject_of(link.subject)
    found = [
        (number, questions_of_part(course, about, part))
        for number, part in enumerate(parts_from_json(link.parts))
    ]
    if not all(questions for _, questions in found):
        return []
    return [Asked(number, one) for number, questions in found for one in questions]


def questions_of_part(course: Course, about: parts.About, part: PartRef) -> Sequence[Question]:
    """The questions of one part; none for a scale without words."""
    if part.kind != SCALE:
        return parts.KINDS[part.kind].questions(course, about)
    found = shown(str(part.code), language=part.language, medium=Medium.PHONE)
    if found is None:
        return ()
    order = order_of(found.scale, part.form)
    return [replace(question_of(found, number), language=part.language) for number in order]


def order_of(scale: Instrument, form_code: str | None) -> list[str]:
    """The item numbers of a form, as it is printed, without those that are never asked."""
    form = scale.form(form_code) if form_code else scale.forms[0]
    fixed = {rule.item for rule in scale.fixed}
    order = form.order or tuple(item.number for item in scale.items)
    return [number for number in order if number not in fixed]


def question_of(found: Shown, number: str) -> Question:
    """An item with its exact words; an answer above a safety rule asks for support."""
    scale, foot = found.scale, "\n".join(dict.fromkeys([found.citation, found.notice]))
    rules = [rule.at_least for rule in scale.safety if rule.item == number]
    choices = tuple(
        Choice(
            NoScore.NOT_ASSESSED.value if option.score is None else str(option.score),
            str(option.label),
            Support.TALK
            if option.score is not None and rules and option.score >= min(rules)
            else None,
        )
        for option in scale.options_of(number)
    )
    item = scale.item(number)
    # The stem stands above the items that share its answers; a closing question is whole by itself.
    stem = scale.stem if item.options == scale.items[0].options else None
    return Question(code=number, text=str(item.text), choices=choices, stem=stem, foot=foot)


def scale_of(part: PartRef) -> Instrument:
    """The scale of a part as it is used today. Raises LookupError for none."""
    scale = current(str(part.code))
    if scale is None:
        raise LookupError(part.code)
    return scale
