"""This file is about what the browser sends to name a person for a duty, or to change that."""

import uuid
from typing import Any

from wtforms.validators import Optional

from clinic.accounts.queries import names_of, staff
from clinic.accounts.queries.duties import on_site
from clinic.accounts.rules.duties import WORDS, DutyKind
from clinic.core import clock
from clinic.core.forms import BaseForm, Choice, LocalDateTime, Text, WholeNumber, required
from clinic.core.permissions import Role


class DutyForm(BaseForm):
    """Who, for what, from when to when. `follows`: from whom, where several may hold it."""

    kind = Choice(
        "Duty",
        [required("Choose the duty.")],
        choices=[(kind.value, words) for kind, words in WORDS.items()],
    )
    user_id = Choice("Person", [required("Choose the person.")], choices=[])
    starts_at = LocalDateTime("From", [required("Enter when it starts.")])
    ends_at = LocalDateTime("Until", [required("Enter when it ends.")])
    follows = Choice(
        "Takes over from",
        [Optional()],
        choices=[],
        description="Only for a prescriber on site: there may be several",
    )
    note = Text(
        "Note",
        [Optional()],
        longest=500,
        description="For example a telephone number",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_id.choices = [
            (str(person_id), f"{name}, {role}")
            for role in (Role.NURSE, Role.PSYCHIATRIST)
            for person_id, name in staff(role)
        ]

        self.follows.choices = on_site_now()

    def values(self) -> dict[str, Any]:
        """What `actions.name_for_duty` takes, once the form is valid."""
        follows = self.follows.data
        return {
            "kind": DutyKind(self.kind.data),
            "user_id": uuid.UUID(self.user_id.data),
            "starts_at": self.starts_at.data,
            "ends_at": self.ends_at.data,
            "note": self.note.data,
            "follows_id": uuid.UUID(follows) if follows else None,
        }


def on_site_now() -> list[tuple[str, str]]:
    """(duty id, name) of the prescribers on site: those somebody may take over from."""
    found = on_site(clock.now())
    names = names_of({duty.user_id for duty in found})
    return [(str(duty.id), names[duty.user_id]) for duty in found]


class LimitForm(BaseForm):
    """How many running sessions one nurse may answer for; empty: no limit (definitions D8.1)."""

    most = WholeNumber(
        "Running sessions per nurse, at most",
        [Optional()],
        low=1,
        high=20,
        description="Empty: not set by this clinic",
    )
    version = WholeNumber("Version", [required("Open this page again.")])


class DutyChangeForm(BaseForm):
    """The version of the duty that the person saw."""

    version = WholeNumber("Version", [required("Open the duties again.")])
