"""This file is about reading beyond one's role in an emergency, as the gate sees it."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from clinic.core import records
from clinic.core.db import SAFE_METHODS, apart
from clinic.core.permissions import IN_EMERGENCY

BreakGlass = Callable[[Session, uuid.UUID], Any]


def opens_in_emergency(permission: str | None) -> bool:
    """Whether the person acting opened the record that the address names; only to read it."""
    arguments = records.named_in(request.view_args)
    if permission not in IN_EMERGENCY or request.method not in SAFE_METHODS or not arguments:
        return False
    break_glass: BreakGlass = current_app.extensions["clinic.break_glass"]
    with apart(write=False) as reading:
        patients = records.patients_of(reading, arguments)
        g.emergency = break_glass(reading, patients.pop()) if len(patients) == 1 else None
    return g.emergency is not None


def leads_into_emergency(endpoint: str, permission: str | None) -> bool:
    """Whether a page is one that the emergency access of this request opens too."""
    if permission not in IN_EMERGENCY or g.get("emergency") is None:
        return False
    rules = current_app.url_map.iter_rules(endpoint)
    return any(records.named_in(dict.fromkeys(rule.arguments)) for rule in rules)


def mark() -> dict[str, str]:
    """What the event of an opening says besides, when it was one in an emergency."""
    access = g.get("emergency")
    return {} if access is None else {"emergency": str(access.id)}


def break_glass_with(app: Flask, find: BreakGlass) -> None:
    """A room says here by which access the person acting reads a record beyond their role."""
    app.extensions["clinic.break_glass"] = find
