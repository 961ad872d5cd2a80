"""This file is about her answers: a question a page, the support page, the end."""

from typing import Any

from flask import abort, current_app

from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.permissions import by_link
from clinic.courses.queries import course_or_raise
from clinic.links import actions
from clinic.links.forms import AnswerForm
from clinic.links.queries.promised import supported
from clinic.links.rules import Kind
from clinic.links.views.blueprints import phone
from clinic.links.views.entering import Visit, go, visit
from clinic.links.views.pages import page

SKIP_ONE = "You can skip this one."


@phone.get("/questions/<int:number>")
@by_link
def question(number: int) -> Any:
    """One question, with what she answered before."""
    here = visit()
    if (elsewhere := kept_out(here)) is not None:
        return elsewhere
    if not 1 <= number <= here.next_number:
        return go("question", number=here.next_number)
    return question_page(here, number)


@phone.post("/questions/<int:number>")
@by_link
def answer(number: int) -> Any:
    """Store an answer at once, then the next page; the support page when it asks for that."""
    here, form = visit(), AnswerForm()
    if (elsewhere := kept_out(here)) is not None:
        return elsewhere
    if not 1 <= number <= len(here.asked):
        abort(404)
    skips = bool(form.skip.data)
    if form.answer.data is None and not skips:
        return question_page(here, number, asks=True), 422
    try:
        support = actions.answer(here.link.id, number - 1, None if skips else form.answer.data)
    except Unprocessable as refusal:
        fault = " ".join(refusal.fields.get("answer", [str(refusal)]))
        if "answer" not in refusal.fields:
            raise
        end_reading()
        return question_page(visit(), number, fault=fault, typed=form.answer.data), 422
    if support is not None:
        return go("support", number=number)
    if number < len(here.asked):
        return go("question", number=number + 1)
    actions.finish(here.link.id)
    return go("done")


@phone.get("/support/<int:number>")
@by_link
def support(number: int) -> Any:
    """Thanks, what she said, who was told and by when she is called, whom to call now.

    Shown for an answer that is in the database, and for nothing else.
    """
    here = visit()
    if (elsewhere := kept_out(here)) is not None:
        return elsewhere
    found = (
        supported(here.link, here.asked[number - 1], here.given) if here_is(here, number) else None
    )
    if found is None:
        return go("question", number=here.next_number)
    last = number == len(here.asked)
    ending = "".join(filter(str.isdigit, here.patient.phone or ""))[-2:]
    about = {"found": found, "number": number, "last": last, "ending": ending}
    return page("links/support.html", here, **about)


def here_is(here: Visit, number: int) -> bool:
    """Whether a link has a question of that number."""
    return 1 <= number <= len(here.asked)


@phone.post("/finish")
@by_link
def finish() -> Any:
    """She is done; what she did not reach is skipped."""
    here = visit()
    if (elsewhere := kept_out(here)) is not None:
        return elsewhere
    actions.finish(here.link.id)
    return go("done")


@phone.get("/done")
@by_link
def done() -> Any:
    """Thanks. Her name stands only on a phone that is known."""
    here = visit()
    if here.link.finished_at is None or not here.is_hers:
        return go("start")
    return page("links/done.html", here, next_steps=next_steps(here))


def next_steps(here: Visit) -> list[tuple[str, str, str]]:
    """(icon, title, words): what other rooms know comes next for her."""
    course = course_or_raise(here.link.course_id)
    added = current_app.extensions.get("clinic.links.next_steps", {})
    found = [step(course) for _, step in sorted(added.values(), key=lambda pair: pair[0])]
    return [step for step in found if step is not None]


def kept_out(here: Visit) -> Any:
    """Where somebody goes who may not answer here; None: she may."""
    if here.link.finished_at is not None and here.is_hers:
        return go("done")
    if not here.runs:
        return go("start")
    return None if here.known else go("birth")


def question_page(
    here: Visit,
    number: int,
    *,
    asks: bool = False,
    fault: str | None = None,
    typed: str | None = None,
) -> str:
    """A question. `asks`: she sent nothing and is asked gently, once, before she skips."""
    asked = here.asked[number - 1]
    newest = here.newest(asked)
    gentle = SKIP_ONE if asked.question.may_skip else "Please answer this one to go on."
    return page(
        "links/question.html",
        here,
        question=asked.question,
        number=number,
        total=len(here.asked),
        chosen=typed or (newest.value if newest else None),
        gentle=gentle if asks else None,
        skips=asks and asked.question.may_skip,
        fault=fault,
        kinds=Kind,
    )
