"""This file is about a stored row as what its kind of entry says."""

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from clinic.protocols.rules import BLOOD_PRESSURE, ENTRY_SIGNS, Severity
from clinic.sessions.rules import log


def observation(row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """The signs of an observation: each a value, unrecordable, not measured, or absent."""
    signs = {sign: value for sign in ENTRY_SIGNS if (value := sign_value(row, said, sign))}
    return {"signs": signs, "oxygen_l_min": row.oxygen_l_min}


def sign_value(row: Any, said: dict[str, Any], sign: str) -> log.SignValue | None:
    """What an observation says of one sign; None when it says nothing."""
    if why := said.get("absent", {}).get(sign):
        if why == "unrecordable":
            return log.Unrecordable()
        return log.NotMeasured(log.NotMeasuredReason(why), said.get("absent_text") or "")
    if sign == BLOOD_PRESSURE:
        if row.systolic is None or row.diastolic is None:
            return None
        return log.Measured(log.BloodPressure(row.systolic, row.diastolic))
    value = getattr(row, sign)
    return None if value is None else log.Measured(value)


def administration(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """A dose event."""
    return {
        "event": log.AdministrationEvent(said["event"]),
        "device_number": said.get("device_number"),
        "outcome": optional(log.Outcome, said.get("outcome")),
        "mg": optional(Decimal, said.get("mg")),
        "rate_mg_per_h": optional(Decimal, said.get("rate_mg_per_h")),
        "lot": said.get("lot"),
        "expires_on": optional(date.fromisoformat, said.get("expires_on")),
        "site": said.get("site"),
        "remains": optional(log.Remains, said.get("remains")),
        "witness": said.get("witness"),
    }


def adverse_event(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """A side effect: its onset, a change of its severity, its end."""
    return {
        "event": log.AdverseEventEvent(said["event"]),
        "term": said.get("term"),
        "severity": optional(Severity, said.get("severity")),
        "serious": bool(said.get("serious")),
        "criterion": said.get("criterion"),
        "subject_id": optional(uuid.UUID, said.get("subject_id")),
        "text": said.get("text") or "",
    }


def intervention(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """What was done for her."""
    return {
        "category": log.InterventionCategory(said["category"]),
        "text": said.get("text") or "",
        "drug": said.get("drug"),
        "dose": said.get("dose"),
        "route": said.get("route"),
        "ordered_by": said.get("ordered_by"),
    }


def acknowledgement(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """An alert taken on, or closed by a person."""
    return {
        "alert_key": said["alert_key"],
        "action_taken": said.get("action_taken") or "",
        "expected_effect": bool(said.get("expected_effect")),
        "closes": bool(said.get("closes")),
    }


def check(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """An asked item and its answer."""
    return {
        "item": said["item"],
        "answer": log.Answer(said["answer"]),
        "text": said.get("text") or "",
    }


def transition(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """A step of the session as a whole."""
    return {
        "event": log.TransitionEvent(said["event"]),
        "minutes": said.get("minutes"),
        "text": said.get("text") or "",
        "criterion": said.get("criterion") or "",
    }


def supply(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """A device or a vial opened, returned or wasted."""
    return {
        "event": log.SupplyEvent(said["event"]),
        "device_number": said.get("device_number"),
        "amount": optional(Decimal, said.get("amount")),
        "unit": optional(log.SupplyUnit, said.get("unit")),
        "lot": said.get("lot"),
        "expires_on": optional(date.fromisoformat, said.get("expires_on")),
        "witness": said.get("witness"),
        "text": said.get("text") or "",
    }


def cannula(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """A cannula placed, tried, removed."""
    return {
        "event": log.CannulaEvent(said["event"]),
        "site": said.get("site"),
        "text": said.get("text") or "",
    }


def order(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """An order by phone."""
    return {
        "event": log.OrderEvent(said["event"]),
        "ordered_by_id": optional(uuid.UUID, said.get("ordered_by_id")),
        "text": said.get("text") or "",
        "read_back": bool(said.get("read_back")),
    }


def handover(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """A session offered to somebody, accepted, claimed back."""
    return {
        "event": log.HandoverEvent(said["event"]),
        "to_id": optional(uuid.UUID, said.get("to_id")),
    }


def absence(_row: Any, said: dict[str, Any]) -> dict[str, Any]:
    """Out of the room, or off the monitor."""
    return {"event": log.AbsenceEvent(said["event"]), "text": said.get("text") or ""}


def optional(convert: Callable[[Any], Any], value: Any) -> Any:
    """A converted value; nothing stays nothing."""
    return None if value is None else convert(value)


READERS: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    "observation": observation,
    "administration": administration,
    "adverse-event": adverse_event,
    "intervention": intervention,
    "note": lambda _row, said: {"text": said["text"]},
    "acknowledgement": acknowledgement,
    "check": check,
    "transition": transition,
    "supply": supply,
    "cannula": cannula,
    "order": order,
    "handover": handover,
    "absence": absence,
}
