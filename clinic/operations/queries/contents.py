"""This file is about what a database holds, whoever it belongs to: rows, chains, revision."""

from functools import cache

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, inspect

from clinic.core.verify import Chain, chains
from clinic.operations.rules.backups import Contents


def contents_of(connection: Connection) -> Contents:
    """All of it as the transaction of a connection sees it."""
    names = tables_in(connection)
    quoted = connection.dialect.identifier_preparer.quote
    count = "SELECT count(*) FROM {}"
    return Contents(
        engine=connection.dialect.name,
        revision=revision_of(connection),
        tables={
            name: connection.exec_driver_sql(count.format(quoted(name))).scalar_one()
            for name in names
        },
        chains={str(one.chain_id): (one.events, one.hash) for one in chains_in(connection, names)},
    )


def tables_in(connection: Connection) -> list[str]:
    """The tables of a database, by name."""
    return sorted(inspect(connection).get_table_names())


def chains_in(connection: Connection, names: list[str]) -> list[Chain]:
    """The chains, where there is a trail already."""
    return chains(connection) if "clinic_head" in names else []


def revision_of(connection: Connection) -> str:
    """Which revision made the tables; nothing where none did."""
    return MigrationContext.configure(connection).get_current_revision() or ""


@cache
def newest_revision() -> str:
    """The revision that this version of the program needs."""
    config = Config()
    config.set_main_option("script_location", current_app.extensions["migrate"].directory)
    return ScriptDirectory.from_config(config).get_current_head() or ""
