"""This file is about the scales of a follow-up, and which are not offered there, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from clinic.instruments.rules import Instrument, Method, Moment, counts_for
from clinic.instruments.rules.parts import Form
from clinic.protocols.rules import ScaleUse


@dataclass(frozen=True)
class ToAsk:
    """A scale of this moment, in the form that fits it. `by`: staff, paper or link."""

    instrument: Instrument
    form: Form
    by: str

    @property
    def code(self) -> str:
        return self.instrument.code

    @property
    def name(self) -> str:
        usual = self.form is self.instrument.forms[0]
        return self.instrument.name if usual else f"{self.instrument.name}, {self.form.title}"

    @property
    def is_screen(self) -> bool:
        return self.instrument.method is Method.TRIAGE


@dataclass(frozen=True)
class NotOffered:
    """A scale of the protocol that looks back further than the time since the dose (D7.3)."""

    name: str
    words: str


def scales_at(
    uses: Sequence[ScaleUse], library: Mapping[str, Instrument], code: str, at_hours: int
) -> tuple[list[ToAsk], list[NotOffered]]:
    """The scales to ask `at_hours` after the dose, and those that cannot count yet."""
    to_ask = [to_ask_of(use, library) for use in uses if code in use.moments]
    return to_ask, list(_not_offered(uses, library, code, at_hours))


def to_ask_of(use: ScaleUse, library: Mapping[str, Instrument]) -> ToAsk:
    """A scale of a protocol, in its form; raises KeyError for one that is not in the library."""
    instrument = library[use.scale]
    return ToAsk(instrument, instrument.form(use.form), use.by)


def _not_offered(
    uses: Sequence[ScaleUse], library: Mapping[str, Instrument], code: str, at_hours: int
) -> Iterator[NotOffered]:
    target = timedelta(hours=at_hours)
    moment = Moment(code, target, target, target)
    here = {use.scale for use in uses if code in use.moments}
    for use in uses:
        scale = to_ask_of(use, library)
        if use.scale not in here and not counts_for(scale.form.recall, moment):
            yield NotOffered(scale.instrument.name, scale.form.recall.words)
