"""This file is about a bundle: resources that refer to each other inside one document."""

from collections.abc import Iterable

from clinic.exchange.rules.codes import CodeBook
from clinic.exchange.rules.fhir.values import Json


def bundle(book: CodeBook, resources: Iterable[Json], at: str) -> Json:
    """A collection. `at`: the moment it was made, as FHIR writes it.

    Each resource has an address below the program's own: so `Patient/1` leads to its entry.
    """
    entries = [{"fullUrl": address(book, one), "resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": at, "entry": entries}


def address(book: CodeBook, one: Json) -> str:
    """The address of a resource; nothing is there, it only names it."""
    return f"{book.systems['own']}/{one['resourceType']}/{one['id']}"
