"""This file is about planning a session, overriding a hold and signing, as they are typed."""

from decimal import Decimal
from typing import Any

from wtforms import PasswordField
from wtforms.validators import ValidationError

from clinic.core import clock
from clinic.core.forms import (
    BaseForm,
    Choice,
    Decimal_,
    Flag,
    LocalDate,
    LocalDateTime,
    Text,
    WholeNumber,
    required,
)
from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules import Weight, by_weight

READ_BACK = "Read the order back to the prescriber, then tick this."


class SessionForm(BaseForm):
    """The plan and the order of one session."""

    planned_at = LocalDateTime("Planned for", [required("Enter day and time.")])
    room = Text("Room or chair", [required("Enter the room.")], longest=20)
    dose = Choice("Dose", choices=[])
    weight_kg = Decimal_("Weight", unit="kg", low=25, high=350)
    weighed_on = LocalDate("Weighed on")
    dose_mg = Decimal_("Dose", unit="mg", low=Decimal("0.1"), high=500)
    ordered_by = Choice("Ordered by", [required("Choose who ordered it.")], choices=[])
    read_back = Flag("By phone or on paper, read back to the prescriber")
    agreed_pause_hours = Decimal_("Agreed pause after the last dose", unit="h", low=0, high=96)

    def __init__(
        self,
        *args: Any,
        plan: SessionPlan,
        prescribers: list[tuple[str, str]],
        writer: str,
        **kwargs: Any,
    ) -> None:
        self.plan, self.writer = plan, writer
        super().__init__(*args, **kwargs)
        self.ordered_by.choices = prescribers
        if plan.dose.devices:
            self.dose.choices = [(str(mg), f"{mg} mg") for mg in plan.dose.allowed or ()]

    def validate_dose(self, field: Choice) -> None:
        """One of the protocol's doses, where it counts devices."""
        if self.plan.dose.devices and not field.data:
            raise ValidationError("Choose the dose.")

    def validate_dose_mg(self, field: Decimal_) -> None:
        """An amount, where the protocol gives it by weight."""
        if not self.plan.dose.devices and field.data is None and not field.errors:
            raise ValidationError("Enter the dose in mg.")

    def validate_weight_kg(self, field: Decimal_) -> None:
        """A weight, where the protocol gives the dose by it."""
        if by_weight(self.plan) and field.data is None and not field.errors:
            raise ValidationError("Enter her weight in kg.")

    def validate_weighed_on(self, field: LocalDate) -> None:
        """A weight has its day, not after today."""
        if field.data and field.data > clock.today():
            raise ValidationError("Enter a day that is not after today.")
        if self.weight_kg.data is not None and field.data is None and not field.errors:
            raise ValidationError("Enter the day on which she was weighed.")

    def validate_read_back(self, field: Flag) -> None:
        """An order of somebody else than the `writer` was read back (definitions D8.3)."""
        if self.ordered_by.data and self.ordered_by.data != self.writer and not field.data:
            raise ValidationError(READ_BACK)

    @property
    def weight(self) -> Weight | None:
        """The weight the order was worked out from, with its day."""
        if self.weight_kg.data is None or self.weighed_on.data is None:
            return None
        return Weight(self.weight_kg.data, self.weighed_on.data)

    @property
    def ordered_dose(self) -> Decimal:
        """The ordered amount in mg."""
        return Decimal(self.dose.data) if self.plan.dose.devices else self.dose_mg.data


class Signature(BaseForm):
    """A signature: the password once more."""

    password = PasswordField("Your password", [required("Enter your password to sign.")])


class OverrideForm(Signature):
    """A psychiatrist's decision to dose although the reading holds it."""

    reason = Text("Reason", [required("Enter why the dose may be given.")], longest=500)


class CriterionForm(Signature):
    """A psychiatrist's decision that she may leave although a criterion is not met.

    `seen`: the mark of how the criterion stood on the page that she read.
    """

    seen = Text("How it stands", [required("Open this page once more, and read it.")], longest=64)
    reason = Text("Reason", [required("Enter why she may leave all the same.")], longest=500)


class DischargeForm(Signature):
    """Leaving, and the signature that locks the session."""

    left_at = LocalDateTime("Left at")
    would_have_been_ready_minutes = WholeNumber(
        "Would have been ready after, if there were no minimum", unit="min", low=0, high=1440
    )


class CheckInForm(BaseForm):
    """Who is it: a second identifier beside the name."""

    born_on = LocalDate("Her date of birth, as she says it", [required("Enter the date she says.")])
