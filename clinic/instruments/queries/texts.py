"""This file is about the scale that answers belong to: that of their day, by its digest."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from sqlalchemy import select

from clinic.core.db import db
from clinic.instruments.library import library_instruments
from clinic.instruments.models import InstrumentText, QuestionnaireResponse
from clinic.instruments.rules import Instrument


class TextAltered(RuntimeError):
    """The stored text of a scale is not the one that was used."""


@cache
def library_by_digest() -> Mapping[str, Instrument]:
    """The shipped scales by their digest."""
    return MappingProxyType({scale.digest: scale for scale in library_instruments().values()})


def current(code: str) -> Instrument | None:
    """The scale as it is used today, or None when there is none of that code."""
    return library_instruments().get(code)


def instrument_of(response: QuestionnaireResponse) -> Instrument:
    """The scale that a use was answered on. Raises TextAltered when its text was touched."""
    shipped = library_by_digest().get(response.instrument_digest)
    return shipped or stored_instrument(response.instrument_digest)


def stored_instrument(digest: str) -> Instrument:
    """A scale of former days, from the text that was kept when it was used."""
    text = text_of(digest)
    if text is None:
        raise TextAltered(f"no text with digest {digest}")
    instrument = read(text.body)
    if instrument.digest != digest:
        raise TextAltered(f"the text of {text.code} does not fit its digest {digest}")
    return instrument


def text_of(digest: str) -> InstrumentText | None:
    """The kept text of a scale."""
    found = select(InstrumentText).where(InstrumentText.digest == digest).limit(1)
    return db.session.scalar(found)


@lru_cache(maxsize=64)
def read(body: str) -> Instrument:
    """A scale from its canonical text; reading one takes a while."""
    return Instrument.from_json(body)
