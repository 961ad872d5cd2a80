"""This file is about a rating scale as a whole, with every fault named when it is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from clinic.instruments.rules.checks import check_instrument
from clinic.instruments.rules.codes import AnswersAre, AskedBy, Direction, Method
from clinic.instruments.rules.parts import (
    Administered,
    BandSet,
    Codes,
    CutOff,
    FixedScore,
    Form,
    Item,
    Licence,
    NotApplicableRule,
    Option,
    RemissionRule,
    ResponseRule,
    SafetyRule,
    Scoring,
    SeverityForRemission,
    SkipRule,
    SmallestChange,
    Subscore,
    TriageRule,
    TrialList,
)
from clinic.notation.rules import canonical
from clinic.notation.rules.parsing import NotationError, parse


class InstrumentError(NotationError):
    """A scale cannot be used. `problems`: one sentence each, with file and line."""

    null_means = "no source says it"


@dataclass(frozen=True)
class Instrument:
    """One version of a rating scale, complete and checked.

    `not_validated`: why its value may not be read as that of a validated scale; said beside it.
    """

    code: str
    name: str
    title: str
    version: str
    edition: str | None
    status: str
    language: str
    owner: str | None
    licence: Licence
    text_reproducible: bool
    citation: str
    administered: Administered
    direction: Direction
    stem: str | None
    loinc: Codes
    forms: tuple[Form, ...]
    answers_are: AnswersAre
    options: Mapping[str, tuple[Option, ...]]
    items: tuple[Item, ...]
    method: Method
    scoring: Scoring | None
    skip: tuple[SkipRule, ...]
    not_applicable: tuple[NotApplicableRule, ...]
    fixed: tuple[FixedScore, ...]
    subscores: tuple[Subscore, ...]
    band_sets: tuple[BandSet, ...]
    cut_offs: tuple[CutOff, ...]
    safety: tuple[SafetyRule, ...]
    triage: tuple[TriageRule, ...]
    trial_list: TrialList | None
    response: tuple[ResponseRule, ...]
    remission: tuple[RemissionRule, ...]
    severity_for_remission: SeverityForRemission | None
    smallest_change: SmallestChange | None
    notes: tuple[str, ...]
    not_validated: str | None = field(default=None, metadata={"optional": True})

    @staticmethod
    def from_tree(tree: Any, file: str) -> "Instrument":
        """A scale from nested dict, list and str; raises InstrumentError with every fault."""
        instrument: Instrument = parse(Instrument, tree, file, check_instrument, InstrumentError)
        return instrument

    @staticmethod
    def from_json(text: str) -> "Instrument":
        """The scale written by `to_json`; raises InstrumentError with every fault."""
        try:
            tree = json.loads(text)
        except ValueError as error:
            raise InstrumentError([f"canonical text: not JSON: {error}."]) from error
        return Instrument.from_tree(tree, "canonical text")

    def to_json(self) -> str:
        """Canonical text: sorted keys, no spaces, numbers as strings."""
        return self._text

    @cached_property
    def _text(self) -> str:
        return canonical.canonical_text(self)

    @cached_property
    def digest(self) -> str:
        """sha256 of the canonical text, in hexadecimal."""
        return canonical.digest(self.to_json())

    @property
    def has_total(self) -> bool:
        return self.scoring is not None

    @property
    def may_go_by_link(self) -> bool:
        """She may answer on her own phone: wording we may show, and no staff needed (D7.5)."""
        return (
            self.text_reproducible
            and self.administered.by is AskedBy.PATIENT
            and not self.administered.needs_staff
        )

    def item(self, number: str) -> Item:
        """The item of that number; raises KeyError."""
        for item in self.items:
            if item.number == number:
                return item
        raise KeyError(number)

    def options_of(self, number: str) -> tuple[Option, ...]:
        """What can be answered, in printed order; raises KeyError for an unknown item."""
        return self.options[self.item(number).options]

    def scores_of(self, number: str) -> tuple[int, ...]:
        """The scores that can be answered, in printed order."""
        return tuple(option.score for option in self.options_of(number) if option.score is not None)

    def form(self, code: str) -> Form:
        """The printed form of that code; raises KeyError."""
        for form in self.forms:
            if form.code == code:
                return form
        raise KeyError(code)

    def called(self, form: str) -> str:
        """Its name where a value stands: `MADRS, 24 hours`, `Rest (not validated)`."""
        several = len(self.forms) > 1
        name = f"{self.name}, {self.form(form).title.lower()}" if several else self.name
        return f"{name} (not validated)" if self.not_validated else name
