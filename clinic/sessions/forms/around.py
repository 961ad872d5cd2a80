"""This file is about supplies, cannula, phone orders, hand-over and absence as they are typed."""

from wtforms.validators import ValidationError

from clinic.core.forms import (
    Choice,
    Decimal_,
    Flag,
    Identifier,
    LocalDate,
    RequiredIf,
    Text,
    WholeNumber,
    required,
)
from clinic.sessions.forms.base import EntryForm, codes
from clinic.sessions.rules.log import (
    AbsenceEvent,
    CannulaEvent,
    HandoverEvent,
    OrderEvent,
    SupplyEvent,
    SupplyUnit,
)


class SupplyForm(EntryForm):
    """A device or a vial: opened, returned, wasted, with amount and a second person (D5.2)."""

    OWN = ("event", "device_number", "amount", "unit", "lot", "expires_on", "witness", "text")

    event = Choice("Supply", [required("Choose what became of it.")], choices=codes(SupplyEvent))
    device_number = WholeNumber("Device", low=1, high=9)
    amount = Decimal_(
        "Amount",
        [RequiredIf("event", "wasted", sentence="Enter the amount that was wasted.")],
        low=0,
        high=10000,
    )
    unit = Choice("Unit", choices=[(unit.value, unit.value) for unit in SupplyUnit])
    lot = Text("Lot", [RequiredIf("event", "opened", sentence="Enter the lot.")], longest=40)
    expires_on = LocalDate(
        "Expiry", [RequiredIf("event", "opened", sentence="Enter the expiry date.")]
    )
    witness = Text(
        "Second person",
        [RequiredIf("event", "returned", "wasted", sentence="Enter the name of a second person.")],
        longest=120,
    )
    text = Text("In words", longest=500)

    def validate_unit(self, field: Choice) -> None:
        """An amount has its unit."""
        if self.amount.data is not None and not field.data and not field.errors:
            raise ValidationError("Choose the unit.")


class CannulaForm(EntryForm):
    """A cannula placed, tried in vain, removed."""

    OWN = ("event", "site", "text")

    event = Choice("Cannula", [required("Choose what was done.")], choices=codes(CannulaEvent))
    site = Text("Site", [RequiredIf("event", "placed", sentence="Enter where it is.")], longest=80)
    text = Text("In words", longest=500)


class OrderForm(EntryForm):
    """An order by phone, read back (definitions D8.3)."""

    OWN = ("event", "ordered_by_id", "text", "read_back")

    event = Choice("Phone order", [required("Choose what it is.")], choices=codes(OrderEvent))
    ordered_by_id = Identifier("Ordered by", [required("Choose who ordered it.")])
    text = Text("Order", [required("Enter what was ordered.")], longest=500)
    read_back = Flag("Read back, and confirmed")

    def validate_read_back(self, field: Flag) -> None:
        """An order by phone counts only once it was read back."""
        if not field.data and not self.withdrawn.data:
            raise ValidationError("Read it back to the prescriber, then save.")


class HandoverForm(EntryForm):
    """A session offered to somebody, accepted, claimed back (definitions D8.1)."""

    OWN = ("event", "to_id", "text")

    event = Choice("Hand-over", [required("Choose what it is.")], choices=codes(HandoverEvent))
    to_id = Identifier("Hand over to", [RequiredIf("event", "offered", sentence="Choose to whom.")])
    text = Text("Why beyond the limit", longest=500)


class AbsenceForm(EntryForm):
    """Out of the room with whom, back; monitor off, on (definitions D8.5)."""

    OWN = ("event", "text")

    event = Choice("Absence", [required("Choose what it is.")], choices=codes(AbsenceEvent))
    text = Text(
        "Where to, with whom",
        [RequiredIf("event", "left-room", sentence="Enter where to, and with whom.")],
        longest=500,
    )
