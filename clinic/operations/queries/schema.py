"""This file is about the tables of a clinic: which leave with it, what each column holds."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Enum,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
)

from clinic.core.db import Base, Encrypted, ExactDecimal, UtcDateTime
from clinic.operations.rules import Kind

# What stays behind, and why.
LEFT_OUT = {
    "user_session": "browsers that are signed in here",
    "sign_in_throttle": "counts of wrong passwords, of nobody in particular",
    "device_user": "who has signed in on a tablet here",
    "one_time_link": "ways in that work once, here",
    "open_id_subject": "whom a sign-in service of this installation means",
    "passkey": "keys of people's own devices, which fit this address alone",
    "tablet_heard": "that a page is open at this moment",
    "export_job": "files that lie beside the database for a few days",
}

# What lets somebody in. Everybody gets a new password at the other place.
SECRETS = {
    "user": frozenset(
        {
            "password",
            "fs_uniquifier",
            "tf_primary_method",
            "tf_totp_secret",
            "tf_last_counter",
            "mf_recovery_codes",
            "pin_hash",
            "pin_digits",
        }
    ),
    # Made anew with the keys of the other place.
    "patient": frozenset({"phone_mark", "email_mark"}),
}

KINDS: tuple[tuple[type, Kind], ...] = (
    (Encrypted, Kind.TEXT),
    (UtcDateTime, Kind.MOMENT),
    (ExactDecimal, Kind.DECIMAL),
    (Enum, Kind.CODE),
    (Uuid, Kind.ID),
    (Boolean, Kind.YES_NO),
    (BigInteger, Kind.INTEGER),
    (Integer, Kind.INTEGER),
    (Date, Kind.DAY),
    (LargeBinary, Kind.BYTES),
    (String, Kind.TEXT),
)


def tables() -> list[Table]:
    """Every table that leaves, each after those it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def columns_of(table: Table) -> list[Column[Any]]:
    """The columns that leave."""
    secret = SECRETS.get(table.name, frozenset())
    return [column for column in table.columns if column.name not in secret]


def kind_of(column: Column[Any]) -> Kind:
    """What a column holds. Raises TypeError for a type that nobody thought of."""
    for known, kind in KINDS:
        if isinstance(column.type, known):
            return kind
    raise TypeError(f"{column.table.name}.{column.name}: {column.type!r}")


def schema() -> dict[str, dict[str, Any]]:
    """Table -> what one row of it is, and its columns, as stands in every file."""
    about = {mapper.local_table: mapper.class_.__doc__ for mapper in Base.registry.mappers}
    return {
        table.name: {
            "about": " ".join((about.get(table) or "").split()),
            "written_once": bool(table.info.get("append_only")),
            "columns": [described(column) for column in columns_of(table)],
        }
        for table in tables()
    }


def described(column: Column[Any]) -> dict[str, Any]:
    """One column: what it holds, whether it may be empty, its codes, what it refers to."""
    found: dict[str, Any] = {
        "name": column.name,
        "kind": kind_of(column).value,
        "may_be_empty": bool(column.nullable),
    }
    if isinstance(column.type, Enum):
        found["codes"] = list(column.type.enums)
    if refers := sorted({key.column.table.name for key in column.foreign_keys} - {"clinic"}):
        found["refers_to"] = refers
    return found
