"""This file is about a bundle: resources that refer to each other inside one document."""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from clinic.exchange.rules.fhir.values import Json


def bundle(resources: Iterable[Json], at: str) -> Json:
    """A collection. `at`: the moment it was made, as FHIR writes it."""
    entries = [entry(one) for one in resources]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at,
        "entry": entries,
    }


def entry(one: Json) -> Json:
    """One resource under an address of its own, by which the others name it."""
    return {"fullUrl": address(f"{one['resourceType']}/{one['id']}"), "resource": inside(one)}


def address(name: str) -> str:
    """`Patient/1` as an address that means the same in every bundle."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def inside(value: Any) -> Any:
    """The same with each reference by address."""
    if isinstance(value, list):
        return [inside(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: address(one) if key == "reference" and isinstance(one, str) else inside(one)
        for key, one in value.items()
    }
