"""This file is about milk around a dose, and an infant's weight and feeding, as they are typed."""

from typing import Any

from wtforms.validators import Optional, ValidationError

from clinic.core.forms import (
    BaseForm,
    Choice,
    Flag,
    LocalDateTime,
    Text,
    WholeNumber,
    required,
)
from clinic.integration.rules import MOST_ML, MilkEvent, MilkFacts
from clinic.patients.rules import HEAVIEST_G, LIGHTEST_G, Feeding, MeasureFacts, is_a_jump

EVENTS = (
    (MilkEvent.LAST_FEED, "Last feed before the dose"),
    (MilkEvent.EXPRESSED, "Milk expressed"),
    (MilkEvent.FIRST_FEED, "First feed after dose"),
)
YES, NO = "yes", "no"
FEEDING = (
    (Feeding.BREAST, "Breast"),
    (Feeding.MIXED, "Breast and formula"),
    (Feeding.EXPRESSED, "Expressed milk"),
    (Feeding.FORMULA, "Formula"),
    (Feeding.NOT_FEEDING, "Not fed by her"),
)


class Corrected(BaseForm):
    """What every form of a line that can be corrected has besides."""

    withdrawn = Flag("Entered in error: take this line back")
    reason = Text("Why it is corrected", [Optional()], longest=300)


class MilkForm(Corrected):
    """One line of the milk log."""

    event = Choice("What", [required("Choose what it is.")], choices=EVENTS)
    happened_at = LocalDateTime("When", [required("Enter when.")])
    ml = WholeNumber("Amount", [Optional()], unit="mL", low=1, high=MOST_ML)
    discarded = Choice("Discarded", [Optional()], choices=((YES, "Yes"), (NO, "No, kept")))

    def facts(self) -> MilkFacts:
        """What was entered, once it is valid."""
        said = self.discarded.data
        return MilkFacts(
            event=MilkEvent(self.event.data),
            happened_at=self.happened_at.data,
            ml=self.ml.data,
            discarded=None if said is None else said == YES,
        )


class MeasureForm(Corrected):
    """Weight and feeding of an infant. `asks`: the weight that is so far from the one before."""

    measured_at = LocalDateTime("When", [required("Enter when.")])
    weight_g = WholeNumber("Weight", [Optional()], unit="g", low=LIGHTEST_G, high=HEAVIEST_G)
    feeding = Choice("Feeding", [Optional()], choices=FEEDING)
    note = Text("Note", [Optional()], longest=300)
    keep = Text("Keep this weight", [Optional()])

    def __init__(self, *args: Any, before_g: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before_g = before_g
        self.asks: str | None = None

    def validate_weight_g(self, field: WholeNumber) -> None:
        """A weight far from the one before is asked about once."""
        typed = field.data
        if typed is None or field.errors or self.keep.data == str(typed):
            return
        if is_a_jump(typed, self.before_g):
            self.asks = str(typed)
            raise ValidationError(
                f"Check: {typed} g, {self.before_g} g before. Change it, or tick to keep it."
            )

    def facts(self) -> MeasureFacts:
        """What was entered, once it is valid."""
        return MeasureFacts(
            measured_at=self.measured_at.data,
            weight_g=self.weight_g.data,
            feeding=Feeding(self.feeding.data) if self.feeding.data else None,
            note=self.note.data,
        )
