"""This file is about the macros that pages are put together from: what a screen reader is told."""

import re

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import InputRequired, Optional

from clinic.core.forms import Choice
from tests.architecture.tree import TEMPLATES

SIX = [(letter, letter.upper()) for letter in "abcdef"]


class SampleForm(Form):
    weight = StringField(
        "Weight", [InputRequired("Enter the weight.")], description="For example 4.2"
    )
    phone = StringField("Phone", [Optional()])
    site = Choice("Site", choices=[("left", "Left"), ("right", "Right")])
    term = Choice("Term", choices=SIX)


@pytest.fixture(scope="module")
def jinja():
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals.update(
        url_for=lambda _endpoint, filename="": f"/static/{filename}", csrf_token=lambda: "token"
    )
    return environment


@pytest.fixture
def draw(jinja):
    def draw(module, call, **values):
        macro = call.partition("(")[0]
        source = f"{{% from 'components/{module}.html' import {macro} %}}{{{{ {call} }}}}"
        return " ".join(jinja.from_string(source).render(**values).split())

    return draw


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_unit_stands_in_the_field_and_in_the_name_of_the_field(draw):
    page = draw("forms", "input_field('w', 'Weight', '4.9', unit='kg')")

    assert '<label for="w">Weight<span class="sr">, kg</span></label>' in page
    assert '<span aria-hidden="true">kg</span>' in page


def test_a_hint_and_an_error_describe_their_field(draw):
    page = draw("forms", "input_field('w', 'Weight', '42', hint='In kg', errors=['Enter it.'])")

    assert 'aria-describedby="w-hint w-error"' in page
    assert 'aria-invalid="true"' in page
    assert "Error: Enter it." in words_of(page)


def test_what_was_typed_is_kept_and_escaped(draw):
    page = draw("forms", "input_field('w', 'Weight', typed)", typed='"><b>12,0')

    assert 'value="&#34;&gt;&lt;b&gt;12,0"' in page


def test_a_password_is_never_shown_again(draw):
    page = draw("forms", "input_field('p', 'Password', 'secret', kind='password')")

    assert "secret" not in page


def test_a_field_of_a_form_brings_its_own_words_and_errors(draw):
    form = SampleForm(MultiDict({"weight": ""}))
    form.validate()

    page = draw("forms", "field(f)", f=form.weight)

    assert words_of(page) == "Weight For example 4.2 Error: Enter the weight."


def test_only_the_optional_field_says_what_it_is(draw):
    form = SampleForm()

    assert "(optional)" in draw("forms", "field(f)", f=form.phone)
    assert "(optional)" not in draw("forms", "field(f)", f=form.weight)


def test_up_to_five_choices_are_radio_buttons_and_none_is_preselected(draw):
    page = draw("forms", "field(f)", f=SampleForm().site)

    assert page.count('type="radio"') == 2
    assert "checked" not in page


def test_from_six_choices_on_there_is_a_list(draw):
    page = draw("forms", "field(f)", f=SampleForm().term)

    assert page.count("<option") == 7
    assert "selected" not in page


def test_the_list_of_errors_leads_to_its_fields(draw):
    form = SampleForm(MultiDict({"site": "left", "term": "a"}))
    form.validate()

    page = draw("forms", "form_errors(form)", form=form)

    assert '<a href="#weight">Enter the weight.</a>' in page
    assert "autofocus" in page


def test_a_reading_of_zero_is_shown_as_zero(draw):
    assert "0 In range" in words_of(draw("readings", "reading('Dissoc.', 0)"))


@pytest.mark.parametrize("level", ["unrecordable", "not-measured", "absent"])
def test_a_missing_reading_never_looks_like_one_in_range(draw, level):
    page = words_of(draw("readings", f"reading('HR', '', '/min', '{level}')"))

    assert page.startswith("HR /min –")
    assert "In range" not in page


def test_an_arrow_is_also_said_in_words(draw):
    page = draw("readings", "reading('BP', '148/92', arrow='rising-slowly')")

    assert "rising slowly" in words_of(page)


def test_a_status_nobody_foresaw_is_shown_in_plain_words(draw):
    assert words_of(draw("pills", "status('session', 'moved-elsewhere')")) == "Moved elsewhere"


def test_slots_stand_in_true_proportion_on_the_strip(draw):
    slots = [
        {"minute": minute, "label": str(minute), "under": "", "state": "planned"}
        for minute in (0, 30, 120)
    ]

    page = draw("entry", "timeline(slots)", slots=slots)

    assert re.findall(r'<svg x="([\d.]+)%"', page) == ["4.5", "26.25", "91.5"]
