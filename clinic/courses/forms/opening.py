"""This file is about what the browser sends to open a course."""

import uuid
from typing import Any

from clinic.core.forms import BaseForm, Choice, required
from clinic.protocols.queries import all_in_force


class OpenCourseForm(BaseForm):
    """The protocol of a new course: one of those in force, none preselected."""

    protocol_version_id = Choice(
        "Protocol", [required("Choose the protocol of this course.")], choices=()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.protocol_version_id.choices = [
            (str(version.id), f"{version.title}, version {version.n}") for version in all_in_force()
        ]

    def chosen(self) -> uuid.UUID:
        """The version that was chosen, once the form is valid."""
        return uuid.UUID(self.protocol_version_id.data)
