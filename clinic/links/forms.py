"""This file is about what the browser sends: what staff choose, a date of birth, one answer."""

from datetime import date

from wtforms import SelectMultipleField
from wtforms.validators import Optional, Regexp

from clinic.core.forms import BaseForm, Choice, Text, required
from clinic.links.rules import CONSENT, SCALE, LinkWay, PartRef

WAYS = ((LinkWay.PHONE, "Private link to her phone"), (LinkWay.TABLET, "Hand her this tablet"))
KEY = r"[a-z0-9][a-z0-9-]*(/[A-Za-z0-9-]*){1,3}"


class SendForm(BaseForm):
    """What she is asked, what for, and where she answers.

    `part`: `scale:CODE`, `scale:CODE:FORM:MOMENT`, or the kind of another part.
    """

    part = SelectMultipleField("What she is asked", choices=[], validate_choice=False)
    subject = Text("What for", [Optional(), Regexp(KEY)], longest=120)
    way = Choice("Where", [required("Choose where she answers.")], choices=WAYS)
    next = Text("Back to", [Optional()])

    def parts(self) -> list[PartRef]:
        """What was chosen. Consent is asked by itself."""
        return [part_of(word) for word in self.part.data or ()]

    def why_not_consent(self, way: LinkWay) -> str | None:
        """Why consent cannot be asked so, as a sentence; None: it can, or is not asked."""
        kinds = [part.kind for part in self.parts()]
        if CONSENT not in kinds:
            return None
        if way is LinkWay.TABLET:
            return "In the clinic she signs in front of a witness: open Consent of this course."
        return "Ask for consent by itself: it is a signature." if len(kinds) > 1 else None


def part_of(word: str) -> PartRef:
    """A part as it was sent."""
    kind, *more = word.split(":")
    if kind != SCALE:
        return PartRef(kind)
    code, form, moment = ([one or None for one in more] + [None] * 3)[:3]
    return PartRef(SCALE, code, form, moment)


class BirthForm(BaseForm):
    """Her date of birth in three parts, as any phone can type it."""

    day = Text("Day", longest=2)
    month = Text("Month", longest=2)
    year = Text("Year", longest=4)

    def typed(self) -> date | None:
        """The day that was typed; None for what is no day."""
        parts = [str(field.data or "") for field in (self.year, self.month, self.day)]
        if not all(part.isascii() and part.isdigit() for part in parts):
            return None
        try:
            year, month, day = map(int, parts)
            return date(year, month, day)
        except ValueError:
            return None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed, which counts as no try."""
        return not any(field.data for field in (self.day, self.month, self.year))


class LanguageForm(BaseForm):
    """The language she chose."""

    language = Text("Language", [Optional()], longest=10)


class AnswerForm(BaseForm):
    """One answer. `skip`: she was asked once and does not want to."""

    answer = Text("Answer", [Optional()])
    skip = Text("Skip", [Optional()], longest=10)
