"""This file is about a patient's own copy as such: what is left out, how values read."""

import json
from collections.abc import Mapping
from typing import Any

FORMAT = "clinic-own-copy-1"

# What is not in her copy, and why. It is said in the copy itself.
LEFT_OUT = {
    "care_note": "notes that a therapist keeps for themselves, apart from the record (45 CFR"
    " 164.524(a)(1)(i)); ask the therapist",
    "known_phone": "marks by which her phone is known again",
    "link_door": "how often a date of birth was wrong at a link",
    "link_use": "when a link was used, by marks of a machine",
    "export": "lists of files that others were given; who, when and what for stand in the trail",
}


def in_words(name: str) -> str:
    """`given_name` -> `Given name`."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def readable(value: Any) -> str:
    """A value as a person reads it; JSON opened up, nothing left out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value[:1] in "{[":
        try:
            return readable(json.loads(value))
        except ValueError:
            return value
    if isinstance(value, Mapping):
        return "; ".join(
            f"{in_words(str(key))}: {readable(part)}"
            for key, part in value.items()
            if part is not None
        )
    if isinstance(value, list | tuple):
        return ", ".join(readable(part) for part in value)
    return str(value)
