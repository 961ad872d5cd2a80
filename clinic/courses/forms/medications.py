"""This file is about other medicines as they are typed."""

from wtforms.validators import Optional

from clinic.core.forms import BaseForm, Choice, Flag, LocalDate, Text, WholeNumber, required
from clinic.courses.rules import DrugClass, MedicationFacts

CLASSES = (
    (DrugClass.ANTIDEPRESSANT, "Antidepressant"),
    (DrugClass.BENZODIAZEPINE, "Benzodiazepine"),
    (DrugClass.HYPNOTIC, "Other sleeping medicine"),
    (DrugClass.PSYCHOSTIMULANT, "Psychostimulant"),
    (DrugClass.MAOI, "MAOI"),
    (DrugClass.OPIOID, "Opioid"),
    (DrugClass.DECONGESTANT, "Decongestant or nasal steroid"),
    (DrugClass.ANTIHYPERTENSIVE, "Blood pressure medicine"),
    (DrugClass.OTHER, "Other"),
)


class MedicationForm(BaseForm):
    """One medicine, in one dose."""

    drug = Text("Medicine", [required("Enter the medicine.")], longest=120)
    drug_class = Choice("Class", [required("Choose the class.")], choices=CLASSES)
    dose = Text("Dose", [Optional()], longest=120)
    started_on = LocalDate("First day", [Optional()])
    stopped_on = LocalDate("Last day", [Optional()])
    stop_unclear = Flag("Nobody knows whether she still takes it: ask at the next contact")
    note = Text("Note", [Optional()], longest=500)
    version = WholeNumber("Version", [Optional()])

    def facts(self) -> MedicationFacts:
        """What was entered, once it is valid."""
        return MedicationFacts(
            drug=" ".join(self.drug.data.split()),
            drug_class=DrugClass(self.drug_class.data),
            dose=self.dose.data,
            started_on=self.started_on.data,
            stopped_on=self.stopped_on.data,
            note=self.note.data,
            stop_unclear=bool(self.stop_unclear.data),
        )


class StopForm(BaseForm):
    """The last day of a medicine."""

    stopped_on = LocalDate("Last day", [required("Enter the last day on which she took it.")])
    version = WholeNumber("Version", [Optional()])


class DoseForm(BaseForm):
    """Another dose from a day on."""

    dose = Text("New dose", [required("Enter the new dose.")], longest=120)
    from_on = LocalDate("First day", [required("Enter the first day of the new dose.")])
    version = WholeNumber("Version", [Optional()])


class AskedForm(BaseForm):
    """That she was asked, and still takes it."""

    version = WholeNumber("Version", [required("Open the page once more.")])


class VoidForm(BaseForm):
    """Why a row should not be there."""

    reason = Text("What is wrong with it", [required("Write what is wrong with it.")], longest=500)
    version = WholeNumber("Version", [Optional()])
