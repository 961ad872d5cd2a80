"""This file is about what every entry says: when, by which device, and what it corrects."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from wtforms.validators import ValidationError

from clinic.core import clock
from clinic.core.forms import BaseForm, Flag, Identifier, Moment, Text, required
from clinic.protocols.rules import SessionPlan

A_TABLETS_CLOCK = timedelta(minutes=2)  # how far ahead of ours we believe it
NOT_CONTENT = frozenset({"confirmed", "device_id"})


def codes(members: type[StrEnum]) -> list[tuple[str, str]]:
    """An enum as choices: the code, and the code in words."""
    return [(member.value, member.value.replace("-", " ").capitalize()) for member in members]


class EntryForm(BaseForm):
    """What every kind of entry carries. `OWN` names the fields that only this kind has."""

    OWN: tuple[str, ...] = ()
    asks = False  # refused only because something unlikely wants to be confirmed

    kind = Text("Kind", longest=20)
    effective_at = Moment("Taken at", [required("Enter when it was.")])
    device_id = Text("Tablet", longest=64)
    device_at = Moment("Time on the tablet")
    corrects_id = Identifier("Corrects")
    reason = Text("Reason", longest=500)
    withdrawn = Flag("Entered in error")
    transcribed = Flag("Transcribed from paper")
    confirmed = Flag("Checked, keep it")

    def __init__(self, *args: Any, plan: SessionPlan | None = None, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(*args, **kwargs)

    def validate_effective_at(self, field: Moment) -> None:
        """Nothing is written before it happened."""
        if field.data and field.data > clock.now() + A_TABLETS_CLOCK:
            raise ValidationError("That time is in the future. Enter when it was.")

    def validate_reason(self, field: Text) -> None:
        """A correction says why."""
        if self.corrects_id.data and not field.data:
            raise ValidationError("Enter why it is corrected.")

    def validate_withdrawn(self, field: Flag) -> None:
        """Only an entry that is named can be withdrawn."""
        if field.data and not self.corrects_id.data:
            raise ValidationError("Say which entry was made in error.")

    def signs(self) -> dict[str, Any]:
        """The typed columns of the entry: none, but for readings."""
        return {}

    def detail(self) -> dict[str, Any]:
        """What this kind says, without what it does not say."""
        values = {name: self[name].data for name in self.OWN}
        return {name: spelled(v) for name, v in values.items() if v is not None and v is not False}

    def content(self) -> dict[str, Any]:
        """What was sent, in one spelling: what the content hash covers."""
        return {
            field.name: spelled(field.data)
            for field in self
            if field.name not in NOT_CONTENT and field.data not in (None, False)
        }


def spelled(value: Any) -> Any:
    """A value in the one spelling that is stored and hashed."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value
