"""This file is about her first pages: what this is, her date of birth, help, the end of a link."""

from typing import Any

from flask import g

from clinic.core.db import end_reading
from clinic.core.errors import Unprocessable
from clinic.core.permissions import by_link
from clinic.courses.queries import course_or_raise
from clinic.links import actions
from clinic.links.actions.proving import tell_of_lock
from clinic.links.forms import BirthForm, LanguageForm
from clinic.links.queries.languages import language_of, languages_to_choose
from clinic.links.queries.sending import part_faults
from clinic.links.rules import CONSENT, own_name, parts_from_json, subject_of
from clinic.links.views.blueprints import phone
from clinic.links.views.entering import Visit, ended, go, remember, visit
from clinic.links.views.pages import page


@phone.get("")
@by_link
def start() -> Any:
    """What she is asked, how long it takes, who reads it and when."""
    here = visit()
    if here.link.finished_at is not None and here.is_hers:
        return go("done")
    if not here.runs or is_no_longer_asked(here):
        return ended()
    consents = any(part.kind == CONSENT for part in parts_from_json(here.link.parts))
    about = {"languages": languages_to_choose(here.link), "language": language_of(here.link)}
    return page("links/start.html", here, consents=consents, own_name=own_name, **about)


@phone.post("/language")
@by_link
def choose_language() -> Any:
    """Read the questions in another language, before she begins."""
    form = LanguageForm()
    if visit().runs:
        actions.choose_language(g.link_id, form.language.data or "")
    return go("start")


def is_no_longer_asked(here: Visit) -> bool:
    """Whether what she would begin was answered elsewhere meanwhile. Once begun, she goes on."""
    if here.link.opened_at is not None:
        return False
    course = course_or_raise(here.link.course_id)
    about, parts = subject_of(here.link.subject), parts_from_json(here.link.parts)
    return next(part_faults(course, parts, about), None) is not None


@phone.post("/begin")
@by_link
def begin() -> Any:
    """She begins, or goes on where she was."""
    here = visit()
    if not here.runs or is_no_longer_asked(here):
        return go("start")
    if not here.known:
        return go("birth")
    actions.open_link(here.link.id)
    return go("question", number=here.next_number)


@phone.get("/birth")
@by_link
def birth() -> Any:
    """Her date of birth, once on each phone."""
    here = visit()
    if not here.runs:
        return go("start")
    return go("start") if here.known else birth_page(here, BirthForm(formdata=None))


@phone.post("/birth")
@by_link
def give_birth_date() -> Any:
    """Three tries, then the link locks itself and the clinic is told."""
    form = BirthForm()
    if form.is_empty:
        return birth_page(visit(), form, "Enter your date of birth."), 422
    tried = actions.try_birth(g.link_id, form.typed())
    if tried.cookie is not None:
        here = visit()
        if not here.runs:
            return go("start")
        actions.open_link(here.link.id)
        return remember(go("question", number=here.next_number), tried.cookie)
    if tried.locked:
        tell_of_lock(g.link_id)
        return go("start")
    left = "1 try" if tried.left == 1 else f"{tried.left} tries"
    return birth_page(visit(), form, f"This is not the date we have. You have {left} left."), 422


def birth_page(here: Visit, form: BirthForm, fault: str | None = None) -> str:
    """The page with what was typed."""
    return page("links/birth.html", here, form=form, fault=fault)


@phone.get("/help")
@by_link
def get_help() -> Any:
    """The numbers to call, on a page of their own, whatever became of the link."""
    return page("links/help.html", visit())


@phone.post("/new")
@by_link
def new() -> Any:
    """Send her a new link in the place of one that ended, to the address on record, once."""
    try:
        actions.renew_link(visit().link)
    except Unprocessable:  # it cannot be written to her now: she is told to call
        end_reading()
    return go("start", asked=1)
