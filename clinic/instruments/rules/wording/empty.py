"""This file is about the file that a clinic fills in: every line of a scale, with no words yet."""

from collections.abc import Iterator

from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.wording.fitting import needed_items

HEAD = """\
# The wording exactly as its owner gives it, between the quotes; a quote inside them is \\".
# stem: what stands above the items; null when nothing does. notice: the source line and notice.
"""


def empty_file(scale: Instrument, language: str) -> str:
    """The YAML file of a wording, with numbers and scores, and empty texts."""
    return HEAD + "\n".join(_lines(scale, language)) + "\n"


def _lines(scale: Instrument, language: str) -> Iterator[str]:
    yield f"scale: {scale.code}"
    yield f'version: "{scale.version}"'
    yield f"language: {language}"
    yield 'title: ""'
    yield "stem: null"
    yield 'notice: ""'
    yield "items:"
    for item in needed_items(scale):
        yield f'  - number: "{item.number}"'
        yield '    text: ""'
        yield "    answers:"
        for option in scale.options_of(item.number):
            score = "null" if option.score is None else option.score
            yield f'      - {{score: {score}, text: ""}}'
