"""This package is about what may be done to clinics, people, sittings and counts of wrong tries."""

from clinic.accounts.actions.duties import accept, end_duty, name_for_duty, withdraw
from clinic.accounts.actions.people import (
    add_membership,
    change_password,
    choose_hand,
    create_clinic,
    create_user,
    deactivate,
    forget_second_step,
    limit_sessions,
    limit_sittings,
    note_password_change,
    require_second_step,
    set_role,
)
from clinic.accounts.actions.sittings import change_clinic, end_own_sitting
from clinic.accounts.actions.trail import note_check, note_export

__all__ = [
    "accept",
    "add_membership",
    "change_clinic",
    "change_password",
    "choose_hand",
    "create_clinic",
    "create_user",
    "deactivate",
    "end_duty",
    "end_own_sitting",
    "forget_second_step",
    "limit_sessions",
    "limit_sittings",
    "name_for_duty",
    "note_check",
    "note_export",
    "note_password_change",
    "require_second_step",
    "set_role",
    "withdraw",
]
