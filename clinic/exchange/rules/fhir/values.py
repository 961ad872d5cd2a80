"""This file is about the small parts of FHIR R4: codes, quantities, references, what is absent."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from clinic.exchange.rules.codes import CodeBook
from clinic.exchange.rules.lens import Lens

Json = dict[str, Any]
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
STRUCTURE = "http://hl7.org/fhir/StructureDefinition/"
ABSENT = f"{STRUCTURE}data-absent-reason"
UCUM = "ucum"


def said(**parts: Any) -> Json:
    """The parts that say something: None, an empty text and an empty list are left out.

    A trailing underscore is no part of a name: `class_` is `class`.
    """
    return {
        name.removesuffix("_"): value
        for name, value in parts.items()
        if value is not None and value not in ("", [], {})
    }


def resource(kind: str, id_: str, **parts: Any) -> Json:
    """One resource."""
    return {"resourceType": kind, "id": id_} | said(**parts)


def own(book: CodeBook, what: str) -> str:
    """The address of one of the program's own lists of words."""
    return f"{book.systems['own']}/CodeSystem/{what}"


def extension(book: CodeBook, what: str) -> str:
    """The address of one of the program's own extensions."""
    return f"{book.systems['own']}/StructureDefinition/{what}"


def coded(book: CodeBook, meaning: str, text: str | None = None) -> Json:
    """What something means, in every code that may leave, and in words."""
    codings = [
        said(system=book.systems[one.system], code=one.code, display=one.display)
        for one in book.of(meaning)
    ]
    kind, _, code = meaning.partition(":")
    ours = said(system=own(book, kind), code=code)
    return said(coding=[*codings, ours], text=text)


def concept(system: str, code: str, text: str | None = None) -> Json:
    """One code of a list of FHIR."""
    return said(coding=[{"system": system, "code": code}], text=text)


def quantity(book: CodeBook, sign: str, value: int | Decimal) -> Json:
    """A number with its unit."""
    unit = book.unit(sign)
    return {"value": value, "unit": unit, "system": book.systems[UCUM], "code": unit}


def reference(kind: str, id_: str) -> Json:
    """Another resource of the file."""
    return {"reference": f"{kind}/{id_}", "type": kind}


def staff(lens: Lens, person_id: UUID) -> Json:
    """Somebody of the staff; they have no resource of their own."""
    return {"type": "Practitioner", "display": lens.person(person_id)}


def clinic(lens: Lens, code: str) -> Json:
    """The clinic, by its short name."""
    place = {"system": own(lens.book, "clinic"), "value": lens.mask.id(code)}
    return {"type": "Organization", "identifier": place}


def identified(book: CodeBook, what: str, value: str) -> list[Json]:
    """A number of the clinic's own."""
    return [{"system": own(book, what), "value": value}]


def absent(reason: str) -> list[Json]:
    """Why an element has no value: a code of FHIR's list of such reasons."""
    return [{"url": ABSENT, "valueCode": reason}]


def missing(book: CodeBook, reason: str, ours: str, text: str | None) -> Json:
    """Why an observation has no value, in FHIR's words and in ours."""
    return said(
        coding=[
            {"system": f"{TERMINOLOGY}data-absent-reason", "code": reason},
            {"system": own(book, "not-measured"), "code": ours},
        ],
        text=text,
    )


def period(start: str | None, end: str | None) -> Json | None:
    """From when to when; None when neither is known."""
    return said(start=start, end=end) or None


def profile(*names: str) -> Json:
    """Which profiles of FHIR a resource keeps to."""
    return {"profile": [f"{STRUCTURE}{name}" for name in names]}


def every(parts: Iterable[Json | None]) -> list[Json]:
    """The parts that are there."""
    return [part for part in parts if part]
