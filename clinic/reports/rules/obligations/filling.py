"""This file is about a form filled for one session: what stands in each field, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clinic.reports.rules.obligations.codes import YES, FieldKind, FilledBy
from clinic.reports.rules.obligations.form_sources import comes_at_leaving, read
from clinic.reports.rules.obligations.form_subject import FormSubject, Found
from clinic.reports.rules.obligations.form_template import DAYS, FormField, FormTemplate

OTHER = "Other"


@dataclass(frozen=True)
class FilledField:
    """`value` None: `why` says what is missing. `asked`: False when the answer before it makes it
    needless. `waits`: it comes with her leaving. `typed`: a person said it."""

    field: FormField
    value: str | None
    why: str = ""
    asked: bool = True
    waits: bool = False
    typed: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether the form asks for it and nobody has said it."""
        return self.asked and self.field.required and self.value is None

    @property
    def shown(self) -> str:
        """As it stands on the form: yes and no with a capital letter."""
        value = self.value or ""
        return value.capitalize() if self.field.kind is FieldKind.YES_NO else value


@dataclass(frozen=True)
class FilledSection:
    """Some fields under a title."""

    title: str
    fields: tuple[FilledField, ...]


@dataclass(frozen=True)
class FormContent:
    """A form as it is filled at a moment."""

    template: FormTemplate
    sections: tuple[FilledSection, ...]

    @property
    def fields(self) -> tuple[FilledField, ...]:
        """All fields in order."""
        return tuple(one for section in self.sections for one in section.fields)

    @property
    def missing(self) -> tuple[FilledField, ...]:
        """What is missing and will not come by itself with her leaving."""
        return tuple(one for one in self.fields if one.is_missing and not one.waits)

    @property
    def waiting(self) -> tuple[FilledField, ...]:
        """What comes with her leaving."""
        return tuple(one for one in self.fields if one.is_missing and one.waits)

    def as_written(self) -> list[dict[str, Any]]:
        """What a filled form keeps for ever: sections with their fields, as text."""
        return [
            {"title": section.title, "fields": [written_field(one) for one in section.fields]}
            for section in self.sections
        ]


def written_field(one: FilledField) -> dict[str, Any]:
    """One field as a filled form keeps it."""
    return {
        "code": one.field.code,
        "label": one.field.label,
        "about": one.field.about,
        "value": one.shown or None,
        "why": "" if one.value else one.why,
        "asked": one.asked,
        "required": one.field.required,
        "typed": one.typed,
        "mark": one.field.mark,
    }


def fill(template: FormTemplate, subject: FormSubject, typed: Mapping[str, str]) -> FormContent:
    """The form of a session. `typed`: what people said, by field; only where they may."""
    left = subject.state.clock.left_at is not None
    values: dict[str, FilledField] = {}
    for one in template.fields:
        asked = one.when is None or values[one.when].value == YES
        waits = not left and one.takes is not None and comes_at_leaving(one.takes)
        found, by_person = found_for(template, one, subject, typed)
        if waits and found.value is not None and one.kind is FieldKind.YES_NO:
            found = found if found.value == YES else Found(why="known when she has left")
        value = None if found.value is None else in_words(template, one, found.value)
        values[one.code] = FilledField(one, value, found.why, asked, waits, by_person)
    return FormContent(
        template,
        tuple(
            FilledSection(section.title, tuple(values[one.code] for one in section.fields))
            for section in template.sections
        ),
    )


def found_for(
    template: FormTemplate, one: FormField, subject: FormSubject, typed: Mapping[str, str]
) -> tuple[Found, bool]:
    """What is known of one field, and whether a person said it."""
    if one.is_typed and typed.get(one.code):
        return Found(typed[one.code]), True
    if one.by is FilledBy.CLINIC:
        return (Found(one.value) if one.value else Found(why="not set by this clinic")), False
    if one.takes is not None:
        return read(subject, one.takes), False
    return Found(why="not answered"), False


def in_words(template: FormTemplate, one: FormField, value: object) -> str:
    """A value as it is written on the form."""
    if isinstance(value, date):
        return value.strftime(DAYS[template.days_as])
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    if one.kind is not FieldKind.CHOICE or text in (one.choices or ()):
        return text
    with_unit = [choice for choice in one.choices or () if choice == f"{text} mg"]
    return with_unit[0] if with_unit else f"{OTHER}: {text}"


def differences(
    kept: list[dict[str, Any]], now: list[dict[str, Any]]
) -> list[tuple[str, str, str]]:
    """What the record says differently now: (field, as filled, now); of typed answers nothing."""
    current = {one["code"]: one for section in now for one in section["fields"]}
    return [
        (one["label"] or one["about"], one["value"] or "nothing", now_said(current[one["code"]]))
        for section in kept
        for one in section["fields"]
        if not one["typed"] and one["code"] in current
        if current[one["code"]]["value"] != one["value"]
    ]


def now_said(one: Mapping[str, Any]) -> str:
    """What a field says now."""
    return str(one["value"] or "nothing")
