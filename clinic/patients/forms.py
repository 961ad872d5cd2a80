"""This file is about what the browser sends of a patient and of an infant."""

import re
import uuid
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from wtforms.validators import Optional, ValidationError
from wtforms.widgets import TextArea

from clinic.core import clock
from clinic.core.formatting import on_date
from clinic.core.forms import (
    BaseForm,
    Choice,
    LocalDate,
    RequiredIf,
    Text,
    WholeNumber,
    required,
)
from clinic.patients import queries
from clinic.patients.rules import (
    AllergyAnswer,
    ContactBy,
    Feeding,
    InfantParticulars,
    Particulars,
    fault_of_birth,
    fault_of_delivery,
    fault_of_infant_birth,
    has_letter,
    is_near_delivery,
)

NOT_ASKED = ("not-asked", "Not asked yet")
ALLERGY_ANSWERS = (
    (AllergyAnswer.NONE_KNOWN, "None known"),
    (AllergyAnswer.LISTED, "Yes, written below"),
    NOT_ASKED,
)
FEEDING_WORDS = (
    (Feeding.BREAST, "Breast"),
    (Feeding.MIXED, "Breast and formula"),
    (Feeding.EXPRESSED, "Expressed milk"),
    (Feeding.FORMULA, "Formula"),
    (Feeding.NOT_FEEDING, "Not fed by her"),
    NOT_ASKED,
)
CONTACT_WORDS = (
    (ContactBy.SMS, "By text message"),
    (ContactBy.EMAIL, "By e-mail"),
    (ContactBy.NOT_AT_ALL, "Not at all"),
    NOT_ASKED,
)
MOST_PREGNANCIES = 30  # an entry check
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]*", re.ASCII)
PHONE = re.compile(r"\+?[0-9()][0-9 ()./-]{2,}", re.ASCII)
EMAIL = re.compile(r"[^@\s,;<>\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


def a_name(_form: BaseForm, field: Text) -> None:
    """A name has a letter in it."""
    if field.data and not has_letter(field.data):
        raise ValidationError(f"{field.label.text}: write at least one letter.")


class PatientForm(BaseForm):
    """A woman as the clinic knows her."""

    number = Text(
        "Number",
        [required("Enter her number in this clinic, for example HPC-0412.")],
        longest=40,
    )
    given_name = Text("Given name", [required("Enter her given name."), a_name], longest=200)
    family_name = Text("Family name", [required("Enter her family name."), a_name], longest=200)
    born_on = LocalDate("Date of birth", [required("Enter her date of birth.")])
    gave_birth_on = LocalDate("Date of delivery", [Optional()])
    gravida = WholeNumber("Gravida", [Optional()], high=MOST_PREGNANCIES)
    para = WholeNumber("Para", [Optional()], high=MOST_PREGNANCIES)
    allergy_answer = Choice("Allergies", [Optional()], choices=ALLERGY_ANSWERS)
    allergies = Text(
        "What she is allergic to",
        [
            RequiredIf(
                "allergy_answer", AllergyAnswer.LISTED, sentence="Write what she is allergic to."
            )
        ],
        widget=TextArea(),
    )
    phone = Text("Phone", [Optional()], longest=40)
    email = Text("E-mail", [Optional()], longest=254)
    contact_by = Choice("She agreed to be written to", [Optional()], choices=CONTACT_WORDS)
    timezone = Text("Her time zone", [Optional()], longest=60)
    version = WholeNumber("Version", [Optional()])
    seen = Text("Already looked at", [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_id: uuid.UUID | None = getattr(kwargs.get("obj"), "id", None)

    def validate_number(self, field: Text) -> None:
        """Plain letters and digits, and nobody else's."""
        if field.errors or field.data is None:
            return
        if not NUMBER.fullmatch(field.data):
            raise ValidationError("Enter the number with letters A to Z, digits and - . / only.")
        holder = queries.by_number(field.data.upper())
        if holder is not None and holder.id != self.own_id:
            raise ValidationError(f"{holder.name} has this number already. Enter another one.")

    def validate_born_on(self, field: LocalDate) -> None:
        """In the past, at an age that can be."""
        if field.data and (fault := fault_of_birth(field.data, clock.today())):
            raise ValidationError(fault)

    def validate_gave_birth_on(self, field: LocalDate) -> None:
        """Not in the future, not in her childhood."""
        if field.data and (
            fault := fault_of_delivery(field.data, self.born_on.data, clock.today())
        ):
            raise ValidationError(fault)

    def validate_para(self, field: WholeNumber) -> None:
        """Births are not more than pregnancies."""
        pregnancies, births = self.gravida.data, field.data
        if pregnancies is not None and births is not None and births > pregnancies:
            raise ValidationError(f"Enter para, not more than gravida, {pregnancies}.")

    def validate_allergies(self, field: Text) -> None:
        """A text that contradicts the answer is asked about, never dropped."""
        if field.data and self.allergy_answer.data != AllergyAnswer.LISTED:
            raise ValidationError("Choose “Yes, written below” above, or empty this text.")

    def validate_phone(self, field: Text) -> None:
        """A number that can be dialled."""
        if field.data and not field.errors and not PHONE.fullmatch(field.data):
            raise ValidationError("Enter the phone number with digits, for example +44 20 5550142.")

    def validate_email(self, field: Text) -> None:
        """An address that can be written to."""
        if field.data and not field.errors and not EMAIL.fullmatch(field.data):
            raise ValidationError("Enter one e-mail address, for example name@example.org.")

    def validate_contact_by(self, field: Choice) -> None:
        """Whoever is written to has an address for it."""
        if field.data == ContactBy.SMS and not self.phone.data:
            raise ValidationError("Enter her phone number above, or choose another way.")
        if field.data == ContactBy.EMAIL and not self.email.data:
            raise ValidationError("Enter her e-mail address above, or choose another way.")

    def validate_timezone(self, field: Text) -> None:
        """One that the calendar of the world knows."""
        if field.data and field.data not in available_timezones():
            raise ValidationError("Enter a time zone such as Europe/Lisbon, or leave it empty.")

    def particulars(self) -> Particulars:
        """What was entered, once it is valid."""
        entered: dict[str, Any] = self.data
        return Particulars(
            number=entered["number"].upper(),
            given_name=one_line(entered["given_name"]),
            family_name=one_line(entered["family_name"]),
            born_on=entered["born_on"],
            gave_birth_on=entered["gave_birth_on"],
            gravida=entered["gravida"],
            para=entered["para"],
            allergy_answer=answer(AllergyAnswer, entered["allergy_answer"]),
            allergies=entered["allergies"],
            phone=entered["phone"],
            email=entered["email"],
            contact_by=answer(ContactBy, entered["contact_by"]),
            timezone=entered["timezone"],
        )

    def seen_ids(self) -> frozenset[uuid.UUID]:
        """Who was shown as looking the same, before she was registered all the same."""
        ids = re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", self.seen.data or "")
        return frozenset(map(uuid.UUID, ids))


class InfantForm(BaseForm):
    """An infant as the clinic knows it. `asks` holds the question about an unlikely date."""

    given_name = Text("Given name", [Optional(), a_name], longest=200)
    born_on = LocalDate("Date of birth", [required("Enter the infant's date of birth.")])
    feeding = Choice("Feeding", [Optional()], choices=FEEDING_WORDS)
    keep = Text("Keep this date", [Optional()])
    version = WholeNumber("Version", [Optional()])

    def __init__(
        self, *args: Any, mother_born_on: date, gave_birth_on: date | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mother_born_on, self.gave_birth_on = mother_born_on, gave_birth_on
        self.asks: str | None = None

    def validate_born_on(self, field: LocalDate) -> None:
        """Can be true, and is near the delivery or meant so."""
        if field.data is None:
            return
        if fault := fault_of_infant_birth(field.data, self.mother_born_on, clock.today()):
            raise ValidationError(fault)
        kept = self.keep.data == field.data.isoformat() or field.data == field.object_data
        if not kept and not is_near_delivery(field.data, self.gave_birth_on):
            self.asks = field.data.isoformat()
            raise ValidationError(
                f"Check: {on_date(field.data)} is not near the delivery,"
                f" {on_date(self.gave_birth_on)}. Change it, or tick to keep it."
            )

    def particulars(self) -> InfantParticulars:
        """What was entered, once it is valid."""
        entered: dict[str, Any] = self.data
        return InfantParticulars(
            given_name=one_line(entered["given_name"] or "") or None,
            born_on=entered["born_on"],
            feeding=answer(Feeding, entered["feeding"]),
        )


def one_line(name: str) -> str:
    """A name on one line, with single spaces."""
    return " ".join(name.split())


def answer(codes: Any, code: str | None) -> Any:
    """The code of an answer; "not asked yet" is None."""
    return None if code in (None, NOT_ASKED[0]) else codes(code)
