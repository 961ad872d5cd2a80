"""This file is about running a migration: one transaction, references checked, triggers renewed."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from clinic.core.db import Base, db, recreate_triggers


def migrate() -> None:
    """Upgrade or downgrade, all of it or nothing."""
    with db.engine.connect().execution_options(begin="IMMEDIATE") as connection:
        forget_references(connection)
        with connection.begin():
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                transactional_ddl=True,
                **current_app.extensions["migrate"].configure_args,
            )
            context.run_migrations()
            recreate_triggers(connection, Base.metadata)
            check_references(connection)


def forget_references(connection: Connection) -> None:
    """SQLite rebuilds a table to change it, which its children's references would refuse.

    The setting is ignored inside a transaction, so it goes to the driver before BEGIN; and it ends
    with the connection, which is thrown away afterwards.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("pragma foreign_keys=off")
        connection.detach()


def check_references(connection: Connection) -> None:
    """Look at every reference that was not watched meanwhile. Raises when one is broken."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("pragma foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"references are broken: {broken}")


migrate()
