"""This file is about reading a wording from nested text, strictly and with every fault named."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from clinic.instruments.rules.wording.parts import Wording
from clinic.notation.rules.parsing import Fault, NotationError, parse


class WordingError(NotationError):
    """A wording cannot be used. `problems`: one sentence each, with file and line."""

    null_means = "nothing is printed there"


def read_wording(tree: Any, file: str) -> Wording:
    """A wording from nested dict, list and str; raises WordingError with every fault of form."""
    wording: Wording = parse(Wording, tree, file, _no_faults, WordingError)
    return wording


def stored_wording(text: str) -> Wording:
    """The wording written by `to_json`."""
    return read_wording(json.loads(text), "canonical text")


def _no_faults(_parts: Mapping[str, Any]) -> Iterator[Fault]:
    yield from ()
