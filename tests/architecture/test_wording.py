"""This file is about sentences that must never be said: none tells when feeding is all right.

The only sentence with a time is "Agreed pause ends HH:MM".
"""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.tree import CLINIC, inside, modules, spoken, templates, text_of

FEEDING = r"\b(?:breast\w*|milk|feed|feeds|feeding|fed|nursing|lactat\w*)\b"
PERMISSION = (
    r"\b(?:resum\w*|again|safe|safely|ok(?:ay)?\s+(?:to|from|after|now|again)|all right|cleared"
    r"|may now|can now|free to|restart\w*|continue)\b"
)
NEAR = r"[^.!?\n]{0,80}?"
FORBIDDEN = re.compile(f"{FEEDING}{NEAR}{PERMISSION}|{PERMISSION}{NEAR}{FEEDING}", re.I)
TIME = re.compile(r"\b\d{1,2}:\d{2}\b|\|\s*(?:clock|time|local_time|moment)\b")
FEEDING_WORD = re.compile(FEEDING, re.I)
AGREED = re.compile(r"Agreed pause end(?:s|ed)\b")
JINJA_SAFE = re.compile(r"\|\s*safe\b")
COMMENT = re.compile(r"{#.*?#}|<!--.*?-->", re.S)
DATA = sorted(CLINIC.rglob("*.yaml")) + sorted((CLINIC / "static" / "js").glob("*.js"))


def sentences() -> Iterator[tuple[str, str]]:
    for path in [*templates(), *DATA]:
        bare = COMMENT.sub("", JINJA_SAFE.sub("", text_of(path)))
        yield from ((inside(path), line) for line in bare.splitlines())
    for path in modules():
        yield from ((f"{inside(path)}:{line}", words) for words, line in spoken(path))


def allows_feeding(words: str) -> bool:
    return bool(FORBIDDEN.search(words))


def gives_feeding_a_time(words: str) -> bool:
    return bool(FEEDING_WORD.search(words) and TIME.search(words) and not AGREED.search(words))


def test_no_sentence_says_that_feeding_is_all_right():
    found = [f"{place}: {words.strip()}" for place, words in sentences() if allows_feeding(words)]

    assert not found, 'Say "Agreed pause ends HH:MM" and nothing else.\n' + "\n".join(found)


def test_no_sentence_gives_feeding_a_time_of_day():
    found = [
        f"{place}: {words.strip()}" for place, words in sentences() if gives_feeding_a_time(words)
    ]

    assert not found, 'Say "Agreed pause ends HH:MM" and nothing else.\n' + "\n".join(found)


@pytest.mark.parametrize(
    "words",
    [
        "You can resume breastfeeding at 21:40",
        "Breastfeed again from 21:40",
        "It is safe to feed Leo",
        "OK to feed after the pause",
        "The milk is safe",
    ],
)
def test_such_a_sentence_would_be_found(words):
    assert allows_feeding(words)


def test_a_time_beside_feeding_would_be_found():
    assert gives_feeding_a_time("Next breastfeed 21:40")


@pytest.mark.parametrize(
    "words",
    [
        "Agreed pause ends 21:40",
        "Questions about feeding: 555 0142",
        "Call us at once if Leo is hard to wake, floppy, breathes differently or feeds poorly.",
        "Send the form again",
    ],
)
def test_ordinary_sentences_pass(words):
    assert not allows_feeding(words)
    assert not gives_feeding_a_time(words)
