"""This package is about the wording of consent that comes with the program, in `consent.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinic.core import marked_yaml
from clinic.courses.rules import faults_of_body
from clinic.notation.rules.parsing import Fault, NotationError, parse

FILE = Path(__file__).with_name("consent.yaml")


class ConsentTextError(NotationError):
    """The shipped wording cannot be used. `problems`: one sentence each, with its line."""


@dataclass(frozen=True)
class ShippedText:
    """The wording for one form of the drug."""

    code: str
    title: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...]

    def body(self, version: int) -> str:
        """All of it below the title, as it is published."""
        sources = "\n".join(f"- {source}" for source in self.sources)
        origin = f"Wording that comes with the program, version {version}."
        return "\n\n".join([*self.paragraphs, f"Sources:\n{sources}", origin])


@dataclass(frozen=True)
class Shipped:
    """The file: its version and its texts."""

    version: int
    texts: tuple[ShippedText, ...]


def read_shipped(text: str, file: str = FILE.name) -> Shipped:
    """The wording in a YAML text; raises ConsentTextError with file and line of every fault."""
    try:
        tree = marked_yaml.load(text, file)
    except marked_yaml.MarkedYamlError as error:
        raise ConsentTextError(error.problems) from error
    shipped: Shipped = parse(Shipped, tree, file, faults, ConsentTextError)
    return shipped


def faults(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """A name that could not be replaced, and a text that is there twice."""
    codes: list[str] = []
    for number, text in enumerate(parts.get("texts", ()), 1):
        for sentence in faults_of_body("\n".join(text.paragraphs + text.sources)):
            yield f"texts.{number}.paragraphs", sentence
        if text.code in codes:
            yield f"texts.{number}.code", f"{text.code} is there twice. Keep one of them."
        codes.append(text.code)


def shipped_wordings() -> dict[str, tuple[str, str]]:
    """Code of the drug form -> title and body, of everything that is shipped."""
    shipped = read_shipped(FILE.read_text(encoding="utf-8"))
    return {text.code: (text.title, text.body(shipped.version)) for text in shipped.texts}
