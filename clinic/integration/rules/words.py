"""This file is about the words of the timeline and its tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic.courses.rules import DrugClass
from clinic.integration.rules.codes import (
    DeliveryState,
    HelperRole,
    Kind,
    Recipient,
    Status,
    Way,
    WindowState,
)

KIND_WORDS = {
    Kind.PSYCHOTHERAPY: "Psychotherapy",
    Kind.INTEGRATION: "Integration talk",
    Kind.LACTATION: "Lactation support",
    Kind.PEER_GROUP: "Peer group",
    Kind.DAY_UNIT: "Mother-baby day unit",
    Kind.OTHER: "Other support",
}
STATUS_WORDS = {
    Status.PLANNED: "Planned",
    Status.DONE: "Done",
    Status.MISSED: "Missed",
    Status.NOT_WANTED: "Not wanted",
    Status.ERROR: "Entered in error",
}
RECIPIENT_WORDS = {
    Recipient.GP: "GP",
    Recipient.OBSTETRICS: "Obstetrics",
    Recipient.HEALTH_VISITOR: "Health visitor",
    Recipient.PAEDIATRICS: "Paediatrics",
}
HELPER_WORDS = {
    HelperRole.GP: "GP",
    HelperRole.OBSTETRICS: "Obstetrician",
    HelperRole.HEALTH_VISITOR: "Health visitor",
    HelperRole.PAEDIATRICS: "Paediatrician",
    HelperRole.PSYCHOTHERAPY: "Psychotherapist",
    HelperRole.LACTATION: "Lactation consultant",
    HelperRole.PEER_GROUP: "Peer group",
    HelperRole.DAY_UNIT: "Mother-baby day unit",
    HelperRole.OTHER: "Other",
}
WAY_WORDS = {
    Way.SECURE_MAIL: "Secure mail",
    Way.POST: "Post",
    Way.FAX: "Fax",
    Way.HANDED_OVER: "Handed to her",
}
DELIVERY_WORDS = {
    DeliveryState.SENT: "Sent",
    DeliveryState.RECEIVED: "Received",
    DeliveryState.FAILED: "Came back",
}
WINDOW_WORDS = {
    WindowState.OFFERED: "offered",
    WindowState.PLANNED: "planned",
    WindowState.DONE: "done",
    WindowState.MISSED: "missed",
    WindowState.NOT_WANTED: "not wanted",
    WindowState.PASSED: "no talk on record",
}
CLASS_WORDS = {
    DrugClass.ANTIDEPRESSANT: "Antidepressant",
    DrugClass.BENZODIAZEPINE: "Benzodiazepine",
    DrugClass.HYPNOTIC: "Other sleeping medicine",
    DrugClass.MAOI: "MAOI",
    DrugClass.PSYCHOSTIMULANT: "Psychostimulant",
    DrugClass.DECONGESTANT: "Decongestant or nasal steroid",
    DrugClass.OPIOID: "Opioid",
    DrugClass.ANTIHYPERTENSIVE: "Blood pressure medicine",
    DrugClass.OTHER: "Other",
}


@dataclass(frozen=True)
class Medicine:
    """One medicine in one dose. Days as in courses: None is start not known, still taken."""

    drug: str
    drug_class: DrugClass
    dose: str | None
    started_on: date | None
    stopped_on: date | None


@dataclass(frozen=True)
class ClassAnswer:
    """What is on record of one class that is asked before each dose. `running`: taken today."""

    drug_class: DrugClass
    running: tuple[Medicine, ...]
    stopped_on: date | None

    @property
    def words(self) -> str:
        """What is taken, or since when nothing. Nothing on record is not the same as none."""
        if self.running:
            return ", ".join(medicine.drug for medicine in self.running)
        return f"None since {self.stopped_on:%d %b}" if self.stopped_on else "None on record"


def class_answers(medicines: Iterable[Medicine], today: date) -> list[ClassAnswer]:
    """One for each class that is asked before the dose (definitions D8.7)."""
    known = list(medicines)
    asked = [found for found in CLASS_WORDS if found.is_asked_before_the_dose]
    return [class_answer(one, [m for m in known if m.drug_class is one], today) for one in asked]


def class_answer(drug_class: DrugClass, of_class: list[Medicine], today: date) -> ClassAnswer:
    """What is on record of one class."""
    running = tuple(m for m in of_class if is_taken(m, today))
    over = [m.stopped_on for m in of_class if m.stopped_on and m.stopped_on < today]
    return ClassAnswer(drug_class, running, max(over, default=None))


def is_taken(medicine: Medicine, today: date) -> bool:
    """Whether she takes it on a day; its first and last day count."""
    begun = medicine.started_on is None or medicine.started_on <= today
    return begun and (medicine.stopped_on is None or medicine.stopped_on >= today)


def counted(tally: dict[WindowState, int]) -> str:
    """`4 done, 1 missed`; nothing for no window."""
    return ", ".join(f"{n} {WINDOW_WORDS[state]}" for state, n in tally.items())
