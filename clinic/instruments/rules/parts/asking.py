"""This file is about what a scale asks, how it is printed, and who may show it.

Items are named by their number as text ("1", "16A"). Scores are final: options stand in the order
in which they are printed and carry the score to add, so nothing is ever reversed here.
"""

from dataclasses import dataclass

from clinic.instruments.rules.codes import (
    AskedBy,
    LicenceStatus,
    MomentCode,
    NotApplicableEffect,
    RecallKind,
)
from clinic.notation.rules.parsing import Signed


@dataclass(frozen=True)
class Licence:
    """`checked` says how we know, or that we do not."""

    status: LicenceStatus
    note: str
    checked: str


@dataclass(frozen=True)
class Administered:
    """`needs_staff`: a call or a visit, never a link (definitions D7.5)."""

    by: AskedBy
    needs_staff: bool
    source: str


@dataclass(frozen=True)
class Codes:
    """LOINC of the panel and of the total."""

    panel: str | None
    total: str | None
    note: str | None


@dataclass(frozen=True)
class Recall:
    """`hours` the answers look back, where `kind` is fixed."""

    kind: RecallKind
    hours: int | None
    words: str


@dataclass(frozen=True)
class Form:
    """One printed form: its recall and, where it differs, the order of the items on paper."""

    code: str
    title: str
    recall: Recall
    order: tuple[str, ...] | None
    moments: tuple[MomentCode, ...]
    source: str


@dataclass(frozen=True)
class Option:
    """`score` None: the answer says that this was not assessed, which is never zero."""

    score: Signed | None
    label: str | None
    loinc: str | None


@dataclass(frozen=True)
class Item:
    """`options` names one of the scale's lists; `reversed` only tells how paper prints it."""

    number: str
    topic: str | None
    text: str | None
    options: str
    reversed: bool
    loinc: str | None


@dataclass(frozen=True)
class SkipRule:
    """`items` are asked only when `only_if` was answered with the score `answered`."""

    items: tuple[str, ...]
    only_if: str
    answered: Signed
    source: str


@dataclass(frozen=True)
class NotApplicableRule:
    item: str
    effect: NotApplicableEffect
    source: str


@dataclass(frozen=True)
class FixedScore:
    """An item that is never asked here and always counts `score`."""

    item: str
    score: Signed
    source: str
