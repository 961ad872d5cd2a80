"""This revision is about sensitive columns: closed with a key that is not in the database."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from cryptography.fernet import Fernet
from flask import current_app
from sqlalchemy.engine import Row

from clinic.core.db import ring
from clinic.patients.rules.reaching import plain_email, plain_phone

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

# Table -> column -> its length before, None: text.
COLUMNS: dict[str, dict[str, int | None]] = {
    "patient": {"allergies": None, "phone": 40, "email": 254},
    "message": {"address": 254, "sealed": None},
    "care_helper": {"phone": 40, "note": 300},
    "letter_delivery": {"note": 300},
    "care_note": {"text": None},
    "contact": {"answers": None, "note": None},
    "contact_response": {"text": None},
    "safety_review": {"text": None},
    "link_answer": {"value": None},
}
NOT_NULL = {("message", "address"), ("care_note", "text"), ("contact_response", "text")}
NOT_NULL |= {("safety_review", "text")}
Change = Callable[[str, list[str], Row[Any]], dict[str, str | None]]
MARKS = {"phone": plain_phone, "email": plain_email}
PAGE = 500
VAULT = b"clinic trail\0"


def upgrade() -> None:
    """Close what is there."""
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column, length in columns.items():
                if length:
                    retype(batch, table, column, sa.String(length), sa.Text())
            if table == "patient":
                for column in MARKS:
                    batch.add_column(sa.Column(f"{column}_mark", sa.String(41), nullable=True))
    for column in MARKS:
        name = op.f(f"ix_patient_clinic_id_{column}_mark")
        op.create_index(name, "patient", ["clinic_id", f"{column}_mark"])
    rewrite(closed)


def downgrade() -> None:
    """Open it again."""
    rewrite(opened)
    for column in MARKS:
        op.drop_index(op.f(f"ix_patient_clinic_id_{column}_mark"), "patient")
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column, length in columns.items():
                if length:
                    retype(batch, table, column, sa.Text(), sa.String(length))
            if table == "patient":
                for column in MARKS:
                    batch.drop_column(f"{column}_mark")


def retype(
    batch: BatchOperations, table: str, column: str, before: sa.String, after: sa.String
) -> None:
    """Another type for a column."""
    nullable = (table, column) not in NOT_NULL
    batch.alter_column(column, existing_type=before, type_=after, existing_nullable=nullable)


def rewrite(change: Change) -> None:
    """Each value of each row, page by page, past the triggers that keep rows as they are."""
    bind = op.get_bind()
    for name, columns in COLUMNS.items():
        put_aside(bind, name)
        marks = [f"{column}_mark" for column in MARKS] if name == "patient" else []
        names = ["id", *columns, *marks]
        table = sa.table(
            name, *(sa.column(one, sa.Uuid() if one == "id" else None) for one in names)
        )
        after = None
        while True:
            page = sa.select(*table.c).order_by(table.c.id).limit(PAGE)
            rows = bind.execute(page if after is None else page.where(table.c.id > after)).all()
            if not rows:
                break
            after = rows[-1].id
            for row in rows:
                if values := change(name, list(columns), row):
                    bind.execute(sa.update(table).where(table.c.id == row.id).values(values))
        put_back(bind, name)


def put_aside(bind: sa.Connection, table: str) -> None:
    """The triggers; SQLite's are made again once the revision is through."""
    if bind.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    found = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    for trigger in bind.scalars(found, {"table": table}).all():
        op.execute(f"DROP TRIGGER {trigger}")


def put_back(bind: sa.Connection, table: str) -> None:
    """Those of PostgreSQL."""
    if bind.dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def closed(table: str, columns: list[str], row: Row[Any]) -> dict[str, str | None]:
    """The columns of a row, closed; messages that wait were closed with another key."""
    values: dict[str, str | None] = {}
    for column in columns:
        text = getattr(row, column)
        if text is None:
            continue
        if (table, column) == ("message", "sealed"):
            text = older_vault().decrypt(text.encode()).decode()
        values[column] = ring().close(text, f"{table}.{column}")
        if table == "patient" and column in MARKS and (plain := MARKS[column](text)):
            values[f"{column}_mark"] = ring().marks(plain, f"patient.{column}")[-1]
    return values


def opened(table: str, columns: list[str], row: Row[Any]) -> dict[str, str | None]:
    """The columns of a row as they were."""
    values: dict[str, str | None] = {}
    for column in columns:
        if getattr(row, column) is None:
            continue
        text = ring().open(getattr(row, column), f"{table}.{column}")
        if (table, column) == ("message", "sealed"):
            text = older_vault().encrypt(text.encode()).decode()
        values[column] = text
    return values


def older_vault() -> Fernet:
    """What closed the messages that wait, until now."""
    secret = current_app.config["SECRET_KEY"].encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(VAULT + secret).digest()))
