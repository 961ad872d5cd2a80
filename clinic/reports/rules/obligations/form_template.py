"""This file is about a form that a registry asks for, as data: fields, and where each is from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from clinic.notation.rules import canonical
from clinic.notation.rules.parsing import Fault, NotationError, parse
from clinic.reports.rules.obligations.codes import FieldKind, FilledBy
from clinic.reports.rules.obligations.form_sources import is_source

LEFT_OUT = {"optional": True}
DAYS = {"MM/DD/YYYY": "%m/%d/%Y", "DD.MM.YYYY": "%d.%m.%Y", "YYYY-MM-DD": "%Y-%m-%d"}


class TemplateError(NotationError):
    """A form cannot be used. `problems`: one sentence each, with file and line."""

    null_means = "not readable in any copy: the clinic copies it from the current form"


@dataclass(frozen=True)
class FormField:
    """One field. `label` is printed on the form; None: no copy of it could be read, so that the
    clinic copies it from the current form, and until then `about`, our words, stand in its place.

    `takes`: from where in the record. `may_be_typed`: a person may complete it, or say it better
    than the record. `when`: asked only if that yes-no field says yes. `value`: said once by the
    clinic. `mark`: how far the source was verified.
    """

    code: str
    label: str | None
    about: str
    kind: FieldKind
    required: bool
    by: FilledBy
    mark: str
    takes: str | None = field(default=None, metadata=LEFT_OUT)
    may_be_typed: bool | None = field(default=None, metadata=LEFT_OUT)
    choices: tuple[str, ...] | None = field(default=None, metadata=LEFT_OUT)
    when: str | None = field(default=None, metadata=LEFT_OUT)
    value: str | None = field(default=None, metadata=LEFT_OUT)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or self.about

    @property
    def is_typed(self) -> bool:
        """Whether a person who fills the form may say it."""
        return self.by is FilledBy.PERSON or bool(self.may_be_typed)


@dataclass(frozen=True)
class FormSection:
    """Some fields under a title."""

    title: str
    source: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class FormTemplate:
    """One version of a form. `report`: the name under which a protocol asks for it; how many days
    there are stands in the protocol. `send_to`: how it goes out. `caution` stands on every copy.
    """

    code: str
    title: str
    report: str
    about: str
    applies_to: str
    send_to: str
    caution: str
    days_as: str
    source: str
    sections: tuple[FormSection, ...]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields in order."""
        return tuple(one for section in self.sections for one in section.fields)

    @property
    def without_label(self) -> tuple[FormField, ...]:
        """Fields whose label nobody has copied from the current form yet."""
        return tuple(one for one in self.fields if one.label is None)

    @property
    def of_the_clinic(self) -> tuple[FormField, ...]:
        """Fields that the clinic says once."""
        return tuple(one for one in self.fields if one.by is FilledBy.CLINIC)

    @staticmethod
    def from_tree(tree: Any, file: str) -> "FormTemplate":
        """A form from nested dict, list and str; raises TemplateError with every fault."""
        found: FormTemplate = parse(FormTemplate, tree, file, form_faults, TemplateError)
        return found

    @staticmethod
    def from_json(text: str) -> "FormTemplate":
        """The form written by `to_json`."""
        return FormTemplate.from_tree(json.loads(text), "canonical text")

    def to_json(self) -> str:
        """Canonical text."""
        return canonical.canonical_text(self)

    def with_words(
        self, labels: Mapping[str, str | None], values: Mapping[str, str | None]
    ) -> "FormTemplate":
        """The same with labels that the clinic copied and values that it says once. A label that
        could be read stays as it is."""
        return replace(
            self,
            sections=tuple(
                replace(
                    section, fields=tuple(worded(one, labels, values) for one in section.fields)
                )
                for section in self.sections
            ),
        )


def worded(
    one: FormField, labels: Mapping[str, str | None], values: Mapping[str, str | None]
) -> FormField:
    """One field with what the clinic said of it."""
    label = one.label if one.label is not None else labels.get(one.code) or None
    value = values.get(one.code) or None if one.by is FilledBy.CLINIC else one.value
    return replace(one, label=label, value=value)


def form_faults(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """What makes no sense in a form."""
    if parts.get("days_as") and parts["days_as"] not in DAYS:
        yield "days_as", f"Write one of {', '.join(DAYS)}."
    sections = [one for one in parts.get("sections") or () if isinstance(one, FormSection)]
    seen: dict[str, FieldKind] = {}
    for one in (one for section in sections for one in section.fields):
        if one.code in seen:
            yield "sections", f"{one.code} is there twice."
        asked = {code for code, kind in seen.items() if kind is FieldKind.YES_NO}
        yield from (("sections", f"{one.code}: {what}") for what in field_faults(one, asked))
        seen[one.code] = one.kind


def field_faults(one: FormField, asked: set[str]) -> Iterator[str]:
    """What makes no sense in one field."""
    if (one.by is FilledBy.RECORD) != (one.takes is not None):
        yield "takes says from where, for what the record fills and for nothing else."
    if one.takes is not None and not is_source(one.takes):
        yield f"{one.takes} is nothing that the record holds."
    if (one.kind is FieldKind.CHOICE) != bool(one.choices):
        yield "choices belong to the kind choice, and to no other."
    if one.when is not None and one.when not in asked:
        yield f"{one.when} is no yes-no field before it."
