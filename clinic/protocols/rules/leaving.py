"""This file is about how long she stays, what she is told when she leaves, and the registry."""

from dataclasses import dataclass, field

from clinic.protocols.rules.codes import CountsFrom

LEFT_OUT = {"optional": True}


@dataclass(frozen=True)
class MinimumStay:
    """`may_be_overridden`: a psychiatrist may let her go earlier, with a reason and her signature;
    left out, nobody may."""

    counts_from: CountsFrom
    minutes: int
    source: str
    may_be_overridden: bool | None = field(default=None, metadata=LEFT_OUT)


@dataclass(frozen=True)
class Advice:
    """One sentence of the leaving advice, as it is said to her."""

    text: str
    source: str


@dataclass(frozen=True)
class RegistryReport:
    """Sent within `days` calendar days. `pressure_minute`: the slot, in minutes from T0, whose
    blood pressure it asks for beside those before the dose and at the end; left out: none."""

    name: str
    days: int
    source: str
    pressure_minute: int | None = field(default=None, metadata=LEFT_OUT)
