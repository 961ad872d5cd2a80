"""This file is about wording that may not stand here: no licence, no sentence, no answer words."""

from collections.abc import Iterator

from clinic.instruments.rules.checks.named import Parts
from clinic.instruments.rules.parts import Item
from clinic.notation.rules.parsing import Fault

LONGEST_TOPIC = 2
NOT_HERE = "this wording may not be reproduced. Write null."


def check_wording(parts: Parts) -> Iterator[Fault]:
    """A scale has its whole wording, or none of it and at most a neutral topic of ours."""
    allowed = parts.get("text_reproducible")
    if allowed is None:
        return
    if not allowed and parts.get("stem") is not None:
        yield "stem", NOT_HERE
    for number, item in enumerate(parts.get("items", ()), 1):
        yield from _item(f"items.{number}", item, allowed=allowed)
    for name, options in parts.get("options", {}).items():
        for number, option in enumerate(options, 1):
            path = f"options.{name}.{number}.label"
            if allowed and option.label is None:
                yield path, "is missing. Write the answer as printed."
            if not allowed and option.label is not None:
                yield path, NOT_HERE


def _item(path: str, item: Item, *, allowed: bool) -> Iterator[Fault]:
    if allowed and item.text is None:
        yield f"{path}.text", "is missing. Write the item as printed."
    if not allowed and item.text is not None:
        yield f"{path}.text", NOT_HERE
    if item.topic is not None and len(item.topic.split()) > LONGEST_TOPIC:
        yield f"{path}.topic", f"must be {LONGEST_TOPIC} words of ours at most."
