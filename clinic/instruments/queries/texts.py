"""This file is about the scale that answers belong to: that of their day, by its digest."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from sqlalchemy import select

from clinic.core.db import db
from clinic.instruments.library import library_instruments
from clinic.instruments.models import InstrumentText, OwnScale, QuestionnaireResponse
from clinic.instruments.rules import Instrument


class TextAltered(RuntimeError):
    """The stored text of a scale is not the one that was used."""


@cache
def library_by_digest() -> Mapping[str, Instrument]:
    """The shipped scales by their digest."""
    return MappingProxyType({scale.digest: scale for scale in library_instruments().values()})


def current(code: str) -> Instrument | None:
    """The scale as it is used today, or None when there is none of that code."""
    return library_instruments().get(code) or own_scales().get(code)


def all_scales() -> Mapping[str, Instrument]:
    """Every scale of this clinic by its code: those of the program, and its own."""
    return {**library_instruments(), **own_scales()}


def scales_named(codes: Iterable[str]) -> Mapping[str, Instrument]:
    """The scales of the program, and the clinic's own where one of the codes is none of those."""
    shipped = library_instruments()
    return shipped if all(code in shipped for code in codes) else all_scales()


def own_scales() -> dict[str, Instrument]:
    """The scales that the clinic made itself, each as in its newest version."""
    found = select(OwnScale).order_by(OwnScale.code, OwnScale.n)
    return {row.code: own_of(row) for row in db.session.scalars(found)}


def own_of(row: OwnScale) -> Instrument:
    """A version of an own scale. Raises TextAltered when its text was touched."""
    scale = read(row.body)
    if scale.digest != row.digest:
        raise TextAltered(f"the text of {row.code} does not fit its digest {row.digest}")
    return scale


def newest_own(code: str) -> OwnScale | None:
    """The newest version of an own scale, or None."""
    found = select(OwnScale).where(OwnScale.code == code).order_by(OwnScale.n.desc())
    return db.session.scalar(found.limit(1))


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
