"""This file is about running a migration: one transaction, references checked, triggers renewed."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from clinic.core.db import (
    Base,
    ExactDecimal,
    UtcDateTime,
    db,
    drop_policies,
    lift_policies,
    protect,
)

# A revision is for ever and our column types are not: it names what they are made of today.
MADE_OF = {
    UtcDateTime: "sa.DateTime(timezone=True)",
    ExactDecimal: 'sa.Numeric().with_variant(sa.String(40), "sqlite")',
}
LOCKED_SINCE = "0024"


def migrate() -> None:
    """Upgrade or downgrade, all of it or nothing."""
    with db.engine.connect().execution_options(begin="IMMEDIATE") as connection:
        forget_references(connection)
        with connection.begin():
            refuse_the_program(connection)
            take_time(connection)
            lift_policies(connection, Base.metadata)
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                transactional_ddl=True,
                render_item=spelled_out,
                process_revision_directives=without_notes,
                **current_app.extensions["migrate"].configure_args,
            )
            context.run_migrations()
            protect(connection, Base.metadata)
            if names_no_clinic():
                drop_policies(connection, Base.metadata)
            check_references(connection)


def refuse_the_program(connection: Connection) -> None:
    """On PostgreSQL whoever owns the tables changes them, and the program owns none."""
    asked = "SELECT has_schema_privilege('public', 'CREATE')"
    if connection.dialect.name == "postgresql" and not connection.exec_driver_sql(asked).scalar():
        raise RuntimeError("run it as who owns the tables, clinic_owner: see docs/postgresql.md")


def names_no_clinic() -> bool:
    """Whether the tables are now those of a program from before the lock between clinics."""
    return (context.get_context().get_current_revision() or "") < LOCKED_SINCE


def spelled_out(kind: str, item: Any, _context: Any) -> str | bool:
    """How a column type is written into a revision. False: the usual way."""
    if kind != "type":
        return False
    return MADE_OF.get(type(item)) or text_inside(item)


def text_inside(item: Any) -> str | bool:
    """A library's type that keeps a list in a text."""
    return "sa.Text()" if type(item).__module__.startswith("flask_security") else False


def without_notes(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """What the models note about a table for the program is nothing that a database keeps."""
    for directive in directives:
        for operation in directive.upgrade_ops.ops:
            operation.info = {}


def take_time(connection: Connection) -> None:
    """A revision may take longer than a page may."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def forget_references(connection: Connection) -> None:
    """SQLite rebuilds a table to change it, which its children's references would refuse.

    So would triggers of other tables that name it while it is away, unless a rename looks at none.
    The first setting is ignored inside a transaction, so both go to the driver before BEGIN; and
    they end with the connection, which is thrown away afterwards.
    """
    if connection.dialect.name == "sqlite":
        for setting in ("foreign_keys=off", "legacy_alter_table=on"):
            connection.connection.dbapi_connection.execute(f"pragma {setting}")
        connection.detach()


def check_references(connection: Connection) -> None:
    """Look at every reference that was not watched meanwhile. Raises when one is broken."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("pragma foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"references are broken: {broken}")


migrate()
