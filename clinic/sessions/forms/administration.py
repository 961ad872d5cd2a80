"""This file is about dose events as they are typed."""

from clinic.core.forms import Choice, Decimal_, LocalDate, RequiredIf, Text, WholeNumber, required
from clinic.sessions.forms.base import EntryForm, codes
from clinic.sessions.rules.log import AdministrationEvent, Outcome, Remains

FROM_A_BOX = ("device", "injection", "infusion-start", "lozenge-in")


class AdministrationForm(EntryForm):
    """A dose event: one device, a step of an infusion, an injection, a lozenge."""

    OWN = (
        "event", "device_number", "outcome", "mg", "rate_mg_per_h", "lot", "expires_on", "site",
        "remains", "witness",
    )  # fmt: skip

    event = Choice(
        "Dose event", [required("Choose what was given.")], choices=codes(AdministrationEvent)
    )
    device_number = WholeNumber(
        "Device", [RequiredIf("event", "device", sentence="Enter which device.")], low=1, high=9
    )
    outcome = Choice(
        "Delivered",
        [RequiredIf("event", "device", sentence="Choose whether it was delivered.")],
        choices=codes(Outcome),
    )
    mg = Decimal_(
        "Amount",
        [RequiredIf("event", "injection", "lozenge-in", sentence="Enter the amount in mg.")],
        unit="mg",
        low=0,
        high=2000,
    )
    rate_mg_per_h = Decimal_(
        "Rate",
        [RequiredIf("event", "infusion-start", "infusion-rate", sentence="Enter the rate.")],
        unit="mg/h",
        low=0,
        high=2000,
    )
    lot = Text(
        "Lot",
        [RequiredIf("event", *FROM_A_BOX, sentence="Enter the lot.")],
        longest=40,
    )
    expires_on = LocalDate(
        "Expiry",
        [
            RequiredIf("event", *FROM_A_BOX, sentence="Enter the expiry date."),
        ],
    )
    site = Text("Site", longest=80)
    remains = Choice(
        "The rest of it",
        [RequiredIf("event", "lozenge-out", sentence="Choose what became of the rest of it.")],
        choices=codes(Remains),
    )
    witness = Text("Second person", longest=120)
