"""This file is about the base class of every form, and how a script's JSON becomes one."""

from collections.abc import Mapping
from typing import Any, TypeVar

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.validators import InputRequired, StopValidation

from clinic.core.db import SAFE_METHODS
from clinic.core.errors import Unprocessable
from clinic.core.strict_json import BadJson

AnyForm = TypeVar("AnyForm", bound="BaseForm")


class BaseForm(FlaskForm):
    """A form. The gate has already checked the token of every unsafe request, so no form does."""

    class Meta(FlaskForm.Meta):
        """Settings of WTForms."""

        csrf = False

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """A form is filled by a form; of JSON only `from_json` makes one, with its limits."""
            is_given = formdata is None or hasattr(formdata, "getlist")
            if not is_given and request.is_json and request.method not in SAFE_METHODS:
                raise BadJson("This address takes a form, not JSON. Nothing was saved.")
            return FlaskForm.Meta.wrap_formdata(self, form, formdata)

    @property
    def plain_errors(self) -> dict[str, list[str]]:
        """Field -> sentences, for a script."""
        return {name: list(map(str, errors)) for name, errors in self.errors.items() if name}

    def take_errors(self, refusal: Unprocessable) -> None:
        """Put what the domain refused beside the fields it names; the rest stands on top."""
        for name, sentences in refusal.fields.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
            else:
                self.form_errors.extend(sentences)


class Required(InputRequired):
    """Required; spaces are no answer."""

    def __call__(self, form: Form, field: Field) -> None:
        if not any(str(part).strip() for part in field.raw_data or ()):
            field.errors = []
            raise StopValidation(self.message)


def required(sentence: str) -> InputRequired:
    """A field that must be answered; zero is an answer. `sentence` says what to enter."""
    return Required(sentence)


class RequiredIf:
    """Required when another field has one of these values, optional otherwise."""

    def __init__(self, other: str, *values: Any, sentence: str) -> None:
        self.other, self.values, self.sentence = other, values, sentence

    def __call__(self, form: Form, field: Field) -> None:
        answered = bool(field.raw_data and any(str(part).strip() for part in field.raw_data))
        if not answered and form[self.other].data in self.values:
            raise StopValidation(self.sentence)


def from_json(form_class: type[AnyForm], payload: Any, **fixed: Any) -> AnyForm:
    """The form that a JSON object fills: text and numbers only, no unknown name.

    Raises Unprocessable naming each field that does not fit. Numbers arrive as text (see
    `core.strict_json`), so that the same strict fields read them.
    """
    if not isinstance(payload, Mapping):
        raise Unprocessable({}, "Send one JSON object.")
    empty = form_class(formdata=None, **fixed)
    faults = {
        name: fault for name, value in payload.items() if (fault := misfit(empty, name, value))
    }
    if faults:
        raise Unprocessable(faults)
    sent = {name: as_text(value) for name, value in payload.items() if value is not None}
    return form_class(formdata=MultiDict(sent), **fixed)


def misfit(form: Form, name: str, value: Any) -> list[str]:
    """What is wrong with the shape of one value, or nothing."""
    if name not in form:
        return ["There is no such field."]
    flag = form[name].type == "Flag"
    if isinstance(value, bool) != flag and value is not None:
        return ["Send true or false." if flag else "Send text or a number, not true or false."]
    return [] if value is None or isinstance(value, (str, bool)) else ["Send text or a number."]


def as_text(value: Any) -> str:
    """A JSON scalar as a form field would carry it."""
    if isinstance(value, bool):
        return "true" if value else ""
    return str(value)
