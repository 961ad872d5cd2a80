"""This file is about readings as they are typed: a value, unrecordable, not measured, nothing."""

from typing import Any

from wtforms.validators import ValidationError

from clinic.core.forms import Choice, Decimal_, Text, WholeNumber
from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS, MAY_BE_UNRECORDABLE, SIGNS
from clinic.sessions.forms.base import EntryForm
from clinic.sessions.rules.log import NotMeasuredReason

ABSENT = (
    ("unrecordable", "Unrecordable"),
    ("refused", "Not measured: refused"),
    ("asleep", "Not measured: asleep"),
    ("no-device", "Not measured: no device"),
    ("other", "Not measured: other reason"),
)
NUMBERS = {sign: (sign,) for sign in ENTRY_SIGNS} | {BLOOD_PRESSURE: ("systolic", "diastolic")}


def label(sign: str) -> str:
    """A sign's name as a label."""
    display = SIGNS[sign].display
    return display[:1].upper() + display[1:]


def number(sign: str) -> Any:
    """The field of a whole-numbered sign. Its limits come from the session's protocol."""
    return WholeNumber(label(sign), unit=SIGNS[sign].unit_text)


def decimal(sign: str) -> Any:
    """The field of a sign with decimals."""
    return Decimal_(label(sign), unit=SIGNS[sign].unit_text)


def why_not(sign: str) -> Any:
    """The field that says why a sign has no value. MOAA/S of a sleeper is measured (D2.7)."""
    refused = set() if sign in MAY_BE_UNRECORDABLE else {"unrecordable"}
    refused |= {NotMeasuredReason.ASLEEP.value} if sign == "moaas" else set()
    choices = [(code, words) for code, words in ABSENT if code not in refused]
    return Choice(f"{label(sign)}: no value", choices=choices)


class ObservationForm(EntryForm):
    """Readings of one moment. Limits of the numbers are the session's protocol's."""

    systolic = number("systolic")
    diastolic = number("diastolic")
    heart_rate = number("heart_rate")
    respiratory_rate = number("respiratory_rate")
    spo2 = number("spo2")
    oxygen_l_min = decimal("oxygen_l_min")
    temperature = decimal("temperature")
    moaas = number("moaas")
    dissociation = number("dissociation")
    blood_pressure_absent = why_not("blood_pressure")
    heart_rate_absent = why_not("heart_rate")
    respiratory_rate_absent = why_not("respiratory_rate")
    spo2_absent = why_not("spo2")
    temperature_absent = why_not("temperature")
    moaas_absent = why_not("moaas")
    dissociation_absent = why_not("dissociation")
    absent_text = Text("Other reason", longest=200)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Put the protocol's limits on the fields before anything is read."""
        for sign, limits in (self.plan.limits if self.plan else {}).items():
            self[sign].low, self[sign].high = limits.entry.lowest, limits.entry.highest
        super().process(*args, **kwargs)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Each field, then what the fields say together."""
        fits = super().validate(*args, **kwargs)
        return self.fits_together() and fits

    def fits_together(self) -> bool:
        """Blood pressure is a pair; a sign is a value or a reason, not both; something is said."""
        before = len(self.together)
        if (self.systolic.data is None) != (
            self.diastolic.data is None
        ) and not self.pair_has_error():
            empty = self.systolic if self.systolic.data is None else self.diastolic
            self.complain(empty, "Enter both numbers of the blood pressure.")
        for sign, fields in NUMBERS.items():
            why = self[f"{sign}_absent"]
            if why.data and any(self[name].data is not None for name in fields):
                self.complain(why, "Enter a value or a reason, not both.")
        if not self.withdrawn.data and not self.says_something() and not self.errors:
            self.complain(self.systolic, "Enter at least one reading, or why it was not measured.")
        return len(self.together) == before

    @property
    def together(self) -> list[str]:
        """The sentences that `fits_together` added."""
        return [text for field in self for text in field.errors]

    def pair_has_error(self) -> bool:
        """Whether one of the pair is already refused for itself."""
        return bool(self.systolic.errors or self.diastolic.errors)

    def says_something(self) -> bool:
        """Whether any sign has a value or a reason."""
        return any(
            self[f"{sign}_absent"].data or any(self[name].data is not None for name in fields)
            for sign, fields in NUMBERS.items()
        )

    def complain(self, field: Any, sentence: str) -> None:
        """Put a sentence beside a field."""
        field.errors = [*field.errors, sentence]

    def validate_absent_text(self, field: Text) -> None:
        """ "Other" needs words."""
        if not field.data and any(self[f"{sign}_absent"].data == "other" for sign in ENTRY_SIGNS):
            raise ValidationError("Enter the reason.")

    def signs(self) -> dict[str, Any]:
        """The typed columns."""
        names = [name for fields in NUMBERS.values() for name in fields]
        return {name: self[name].data for name in [*names, "oxygen_l_min"]}

    def detail(self) -> dict[str, Any]:
        """Why signs have no value."""
        absent = {sign: why for sign in ENTRY_SIGNS if (why := self[f"{sign}_absent"].data)}
        said: dict[str, Any] = {"absent": absent} if absent else {}
        return said | ({"absent_text": self.absent_text.data} if self.absent_text.data else {})
