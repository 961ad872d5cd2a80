"""This file is about saving how a clinic sends messages, and its numbers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from clinic.core.db import db
from clinic.core.errors import Conflict
from clinic.messages.models import MessageSettings
from clinic.messages.queries.settings import settings_row

CHANGED = "Somebody else saved these settings after you opened them. Look at them again."


def save_settings(values: Mapping[str, Any], version: int | None) -> MessageSettings:
    """Save the settings of the acting clinic. Raises Conflict unless `version` is the present."""
    row = settings_row()
    if (row.version if row else None) != version:
        raise Conflict(CHANGED)
    row = row or MessageSettings()
    for name, value in values.items():
        setattr(row, name, value)
    db.session.add(row)
    try:
        db.session.flush()
    except StaleDataError as clash:
        raise Conflict(CHANGED) from clash
    return row
