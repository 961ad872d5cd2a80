"""This file is about what a protocol says of a medicine on the days of a session."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic.courses.rules.codes import DrugClass
from clinic.protocols.rules import Item


@dataclass(frozen=True)
class Caution:
    """The item of the protocol that asks for a class before each dose.

    `item`: its code; `rule`: its words; `tell`: who hears of a Yes, None for nobody.
    """

    item: str
    rule: str
    tell: str | None
    source: str


def cautions(items: Iterable[Item]) -> dict[DrugClass, Caution]:
    """Class -> its rule in a protocol; a class that the protocol does not ask for is not there."""
    known = {item.code: item for item in items}
    return {
        drug_class: Caution(found.code, found.text, found.tell, found.source)
        for drug_class in DrugClass
        if (found := known.get(drug_class.pre_dose_item or ""))
    }
