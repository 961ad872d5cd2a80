"""This file is about the API's description, made from routes and forms: no limit stands twice."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask
from wtforms import Field
from wtforms.validators import InputRequired

from clinic.core.db import SAFE_METHODS
from clinic.core.forms import (
    BaseForm,
    Choice,
    Flag,
    LocalDate,
    Moment,
    Quantity,
    Text,
    WholeNumber,
)
from clinic.core.permissions import needed

View = TypeVar("View", bound=Callable[..., Any])
REFUSALS = {
    "400": "Malformed, or the token is out of date",
    "401": "Sign in again",
    "403": "This role may not",
    "404": "Not there, or of another clinic",
    "409": "Same id with other content, or signed meanwhile",
    "413": "Too large",
    "422": "A field does not fit: `{error, fields}`",
    "503": "Could not be saved now; send it again",
}


def takes_json(
    *forms: type[BaseForm], kinds: Mapping[str, type[BaseForm]] | None = None, created: str = ""
) -> Callable[[View], View]:
    """Say above a view which forms its JSON body fills; of `kinds` its `kind` tells which."""

    def declare(view: View) -> View:
        plain = [("", form) for form in forms]
        view.json_forms = [*plain, *(kinds or {}).items()]  # type: ignore[attr-defined]
        view.created = created  # type: ignore[attr-defined]
        return view

    return declare


def description(app: Flask) -> dict[str, Any]:
    """An OpenAPI 3.0 document of every route that takes or gives JSON."""
    paths: dict[str, Any] = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if forms := getattr(view, "json_forms", None):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) - SAFE_METHODS):
                paths.setdefault(path, {})[method.lower()] = operation(app, rule, view, forms)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Clinic", "version": "1"},
        "paths": paths,
        "components": {
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": app.config["SESSION_COOKIE_NAME"],
                }
            }
        },
        "security": [{"session": []}],
    }


def operation(app: Flask, rule: Any, view: Any, forms: Any) -> dict[str, Any]:
    """One route: its ids, its bodies, its answers."""
    return {
        "operationId": rule.endpoint,
        "summary": (view.__doc__ or "").strip().splitlines()[0],
        "x-permission": needed(app, rule.endpoint),
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "string", "format": "uuid"},
            }
            for name in sorted(rule.arguments)
        ]
        + [{"name": "X-CSRFToken", "in": "header", "required": True, "schema": {"type": "string"}}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"oneOf": [schema(form, kind) for kind, form in forms]}
                }
            },
        },
        "responses": {
            "201": {"description": "Saved"},
            "200": {"description": "Was saved before: a true repeat"},
            **{code: {"description": words} for code, words in REFUSALS.items()},
        },
    }


def schema(form_class: type[BaseForm], kind: str = "") -> dict[str, Any]:
    """A form as a JSON schema; one of several says of which kind it is."""
    form = form_class(formdata=None)
    needs = [f.name for f in form if any(isinstance(v, InputRequired) for v in f.validators)]
    properties = {field.name: field_schema(field) for field in form}
    if kind:
        needs, properties["kind"] = ["kind", *needs], {"type": "string", "enum": [kind]}
    result: dict[str, Any] = {
        "title": form_class.__name__,
        "description": (form_class.__doc__ or "").strip(),
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
    return result | ({"required": needs} if needs else {})


def field_schema(field: Field) -> dict[str, Any]:
    """A field as a JSON schema, with its own limits."""
    about = {"description": str(field.label.text)}
    if isinstance(field, Quantity):
        kind = "integer" if isinstance(field, WholeNumber) else "number"
        limits = {"minimum": float(field.low), "maximum": float(field.high)}
        if isinstance(field, WholeNumber):
            limits = {"minimum": int(field.low), "maximum": int(field.high)}
        return about | {"type": kind, "nullable": True, "x-unit": field.unit, **limits}
    if isinstance(field, Choice):
        return about | {
            "type": "string",
            "nullable": True,
            "enum": [*(code for code, _ in field.choices), None],
        }
    if isinstance(field, Text):
        return about | {"type": "string", "nullable": True, "maxLength": field.longest}
    formats = {Moment: "date-time", LocalDate: "date"}
    if isinstance(field, Flag):
        return about | {"type": "boolean"}
    return about | {"type": "string", "nullable": True, "format": formats.get(type(field), "uuid")}
