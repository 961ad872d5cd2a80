"""This file is about whether a wording is that of a scale: items, order, answers, scores."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clinic.instruments.rules.instrument import Instrument
from clinic.instruments.rules.licences import LANGUAGES
from clinic.instruments.rules.parts import Item, Option
from clinic.instruments.rules.wording.parts import WordedItem, Wording

LONGEST = {"title": 200, "stem": 2000, "notice": 3000, "item": 1500, "answer": 500}
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def wording_problems(scale: Instrument, language: str, wording: Wording) -> list[str]:
    """A sentence for each thing that keeps a wording from being that of a scale in a language."""
    checks = (_head(scale, language, wording), _items(scale, wording), _texts(wording))
    return [sentence for check in checks for sentence in check]


def needed_items(scale: Instrument) -> tuple[Item, ...]:
    """The items that have wording: all but those never asked here."""
    never = {rule.item for rule in scale.fixed}
    return tuple(item for item in scale.items if item.number not in never)


def worded(scale: Instrument, wording: Wording) -> Instrument:
    """The scale with the owner's words and notice in it, to be shown. It is never stored.

    Raises ValueError for a wording that is not its own.
    """
    if problems := wording_problems(scale, wording.language, wording):
        raise ValueError(" ".join(problems))
    texts = {item.number: item for item in wording.items}
    lists = {item.number: _options(scale, item) for item in wording.items}
    names: dict[tuple[Option, ...], str] = {}
    for number, options in lists.items():  # items with the same answers share a list
        names.setdefault(options, f"item-{number}")
    items = [
        replace(item, text=texts[item.number].text, options=names[lists[item.number]])
        if item.number in texts
        else item
        for item in scale.items
    ]
    return replace(
        scale,
        stem=wording.stem,
        title=wording.title,
        language=wording.language,
        licence=replace(scale.licence, note=wording.notice),
        text_reproducible=True,
        items=tuple(items),
        options={**scale.options, **{name: options for options, name in names.items()}},
    )


def _options(scale: Instrument, item: WordedItem) -> tuple[Option, ...]:
    pairs = zip(scale.options_of(item.number), item.answers, strict=True)
    return tuple(replace(option, label=answer.text) for option, answer in pairs)


def _head(scale: Instrument, language: str, wording: Wording) -> Iterator[str]:
    if wording.scale != scale.code:
        yield f"This is the wording of {wording.scale}, not of {scale.code}."
    if wording.version != scale.version:
        yield f"This is for version {wording.version}, the scale here is version {scale.version}."
    if wording.language != language:
        meant = LANGUAGES.get(language, language)
        yield f"The language is {wording.language}. Write {language} for {meant}."


def _items(scale: Instrument, wording: Wording) -> Iterator[str]:
    needed = [item.number for item in needed_items(scale)]
    given = [item.number for item in wording.items]
    if len(given) != len(needed):
        yield f"The wording has {len(given)} items, {len(needed)} are needed."
    yield from (f"Item {number} is missing." for number in needed if number not in given)
    yield from (f"Item {number} is not of this scale." for number in given if number not in needed)
    doubles = sorted({number for number in given if given.count(number) > 1})
    yield from (f"Item {number} is there twice." for number in doubles)
    if given != needed and sorted(given) == sorted(needed):
        yield f"The items stand in another order. Needed: {', '.join(needed)}."
    for item in wording.items:
        if item.number in needed:
            yield from _answers(scale, item)


def _answers(scale: Instrument, item: WordedItem) -> Iterator[str]:
    needed = [option.score for option in scale.options_of(item.number)]
    given = [answer.score for answer in item.answers]
    if len(given) != len(needed):
        are = "1 is" if len(needed) == 1 else f"{len(needed)} are"
        answers = "1 answer" if len(given) == 1 else f"{len(given)} answers"
        yield f"Item {item.number} has {answers}, {are} needed."
    elif given != needed:
        printed = f"Item {item.number} prints the scores {_scores(given)}"
        yield f"{printed}, the scale prints {_scores(needed)}."


def _scores(scores: Sequence[int | None]) -> str:
    return " ".join("not assessed" if score is None else str(score) for score in scores)


def _texts(wording: Wording) -> Iterator[str]:
    parts = [("Title", "title", wording.title), ("Above the items", "stem", wording.stem or "")]
    parts.append(("Notice", "notice", wording.notice))
    for item in wording.items:
        parts.append((f"Item {item.number}", "item", item.text))
        parts += [(f"Item {item.number}, an answer", "answer", a.text) for a in item.answers]
    for place, kind, text in parts:
        if len(text) > LONGEST[kind]:
            yield f"{place}: at most {LONGEST[kind]} characters, this has {len(text)}."
        if UNSEEN.search(text):
            yield f"{place}: remove the characters that cannot be seen."
