"""This file is about who may do what: one table of roles, one word above each view."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """Named `<record>:<verb>`. Viewing, exporting and configuring are separate rights.

    Keep the list in alphabetical order.
    """

    BOARD_COUNT = "board:count"
    BOARD_READ = "board:read"
    CHART_READ = "chart:read"
    CLINIC_CONFIGURE = "clinic:configure"
    CONSENT_SIGN = "consent:sign"
    COURSE_EDIT = "course:edit"
    COURSE_END = "course:end"
    COURSE_OPEN = "course:open"
    DECISION_SIGN = "decision:sign"
    DISCHARGE_OVERRIDE = "discharge:override"
    DUTY_NAME = "duty:name"
    DUTY_READ = "duty:read"
    EVALUATION_DECIDE = "evaluation:decide"
    EVALUATION_WRITE = "evaluation:write"
    EXPORT_CREATE = "export:create"
    EXPORT_DEIDENTIFIED = "export:deidentified"
    EXPORT_IDENTIFIED = "export:identified"
    FIGURES_READ = "figures:read"
    FOLLOWUP_WRITE = "followup:write"
    GLASS_BREAK = "glass:break"
    GLASS_READ = "glass:read"
    HOLD_OVERRIDE = "hold:override"
    INSPECTION_READ = "inspection:read"
    INTEGRATION_WRITE = "integration:write"
    LETTER_SIGN = "letter:sign"
    OBLIGATION_FILE = "obligation:file"
    OWN_ACCOUNT = "account:own"
    PATIENT_EDIT = "patient:edit"
    PROTOCOL_READ = "protocol:read"
    SAFETY_REVIEW = "safety:review"
    SCALE_RECORD = "scale:record"
    SESSION_LOG = "session:log"
    SESSION_ORDER = "session:order"
    SESSION_PLAN = "session:plan"
    SESSION_SIGN = "session:sign"
    STAFF_MANAGE = "staff:manage"
    THERAPY_NOTE = "therapy:note"
    TRAIL_EXPORT = "trail:export"
    TRAIL_READ = "trail:read"
    WORDING_COMPARE = "wording:compare"


class Role(StrEnum):
    """What a person is in one clinic. Being in charge or on call is a duty of a shift, no role."""

    NURSE = "nurse"
    PSYCHIATRIST = "psychiatrist"
    THERAPIST = "therapist"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


EVERYBODY = frozenset({Permission.DUTY_READ, Permission.OWN_ACCOUNT, Permission.PROTOCOL_READ})
CARE = EVERYBODY | {
    Permission.BOARD_COUNT,
    Permission.BOARD_READ,
    Permission.CHART_READ,
    Permission.CONSENT_SIGN,
    Permission.COURSE_EDIT,
    Permission.COURSE_OPEN,
    Permission.DUTY_NAME,
    Permission.EVALUATION_WRITE,
    Permission.FIGURES_READ,
    Permission.FOLLOWUP_WRITE,
    Permission.INTEGRATION_WRITE,
    Permission.OBLIGATION_FILE,
    Permission.PATIENT_EDIT,
    Permission.SAFETY_REVIEW,
    Permission.SCALE_RECORD,
    Permission.SESSION_LOG,
    Permission.SESSION_PLAN,
    Permission.SESSION_SIGN,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.NURSE: CARE,
    Role.PSYCHIATRIST: CARE
    | {
        Permission.COURSE_END,
        Permission.DECISION_SIGN,
        Permission.DISCHARGE_OVERRIDE,
        Permission.EVALUATION_DECIDE,
        Permission.EXPORT_DEIDENTIFIED,
        Permission.HOLD_OVERRIDE,
        Permission.INSPECTION_READ,
        Permission.LETTER_SIGN,
        Permission.SESSION_ORDER,
        Permission.THERAPY_NOTE,
        Permission.WORDING_COMPARE,
    },
    Role.THERAPIST: EVERYBODY
    | {
        Permission.CHART_READ,
        Permission.INTEGRATION_WRITE,
        Permission.SCALE_RECORD,
        Permission.THERAPY_NOTE,
    },
    Role.ADMINISTRATOR: EVERYBODY
    | {
        Permission.BOARD_COUNT,
        Permission.CLINIC_CONFIGURE,
        Permission.DUTY_NAME,
        Permission.EXPORT_CREATE,
        Permission.EXPORT_DEIDENTIFIED,
        Permission.EXPORT_IDENTIFIED,
        Permission.FIGURES_READ,
        Permission.GLASS_BREAK,
        Permission.GLASS_READ,
        Permission.STAFF_MANAGE,
        Permission.TRAIL_EXPORT,
        Permission.WORDING_COMPARE,
    },
    Role.AUDITOR: EVERYBODY
    | {
        Permission.GLASS_READ,
        Permission.INSPECTION_READ,
        Permission.TRAIL_EXPORT,
        Permission.TRAIL_READ,
    },
}

# What emergency access opens besides: to read the pages of one patient. Notes of a therapist,
# exports and everything that changes something stay with the roles.
IN_EMERGENCY = frozenset({Permission.CHART_READ})

PUBLIC = "public"

# Views of libraries carry no word of ours: what they need is said here.
FOREIGN_ENDPOINTS: dict[str, str] = {
    "static": PUBLIC,
    "security.static": PUBLIC,
    "security.login": PUBLIC,
    "security.logout": PUBLIC,
    "security.two_factor_token_validation": PUBLIC,
    "security.two_factor_rescue": PUBLIC,
    "security.tf_select": PUBLIC,
    # Also the last part of a first sign-in; the page itself asks for a fresh password otherwise.
    "security.two_factor_setup": PUBLIC,
    "security.mf_recovery": PUBLIC,
    "security.verify": Permission.OWN_ACCOUNT,
    "security.two_factor_setup_validate": Permission.OWN_ACCOUNT,
    "security.mf_recovery_codes": Permission.OWN_ACCOUNT,
    "security.change_password": Permission.OWN_ACCOUNT,
}


class UndeclaredViews(RuntimeError):
    """A view nobody thought about is a start-up failure, not an open door."""


def requires(
    permission: Permission, *, polled: bool = False, on_wall: bool = False
) -> Callable[[View], View]:
    """Declare what a view needs. `core.gate` enforces it.

    polled: the browser calls it by itself; such a call keeps nobody signed in.
    on_wall: with `?wall=1` a tablet on the wall may show it, and stays signed in for it.
    """

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        view.on_wall = on_wall  # type: ignore[attr-defined]
        view.polled = polled  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare that a view is open to anybody."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def by_link(view: View) -> View:
    """Declare that a view is open to whoever holds its address, and that nobody signed in acts in
    it, even where a person of the staff sits at this browser."""
    view.by_link = True  # type: ignore[attr-defined]
    return public(view)


def public_poll(view: View) -> View:
    """Declare that a view is open to anybody and that the browser calls it by itself."""
    view.polled = True  # type: ignore[attr-defined]
    return public(view)


def needed(app: Flask, endpoint: str) -> str | None:
    """What an endpoint needs: a permission, "public", or None when nobody said."""
    declared: str | None = getattr(app.view_functions.get(endpoint), "permission", None)
    return declared or FOREIGN_ENDPOINTS.get(endpoint)


def is_by_link(app: Flask, endpoint: str | None) -> bool:
    """Whether a view is for the holder of its address alone."""
    return bool(getattr(app.view_functions.get(endpoint or ""), "by_link", False))


def is_polled(app: Flask, endpoint: str | None) -> bool:
    """Whether the browser calls this view by itself."""
    return bool(getattr(app.view_functions.get(endpoint or ""), "polled", False))


def is_on_wall(app: Flask, endpoint: str | None) -> bool:
    """Whether a tablet on the wall may show this view."""
    return bool(getattr(app.view_functions.get(endpoint or ""), "on_wall", False))


def refuse_undeclared_views(app: Flask) -> None:
    """Raise UndeclaredViews when a route says neither @requires nor @public."""
    undeclared = sorted(
        {r.endpoint for r in app.url_map.iter_rules() if not needed(app, r.endpoint)}
    )
    if undeclared:
        raise UndeclaredViews(
            f"no @requires(...) or @public above: {', '.join(undeclared)}."
            " A library's endpoint goes into FOREIGN_ENDPOINTS."
        )
