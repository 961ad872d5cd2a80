"""This file is about rows that may never change: the triggers that refuse it, on both engines."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, MetaData, Table, UniqueConstraint, inspect

from clinic.core.db.policies import recreate_policies
from clinic.core.db.roles import recreate_grants

REFUSE = "clinic_refuse_change"
Trigger = tuple[str, str]  # its name, the statement that makes it


def append_only() -> dict[str, bool]:
    """Table info for rows that are written once: no UPDATE, DELETE, REPLACE or TRUNCATE."""
    return {"append_only": True}


def lockable() -> dict[str, bool]:
    """Table info for rows that never change once their `locked_at` is set."""
    return {"lockable": True}


def locked_with(parent: str, key: str) -> dict[str, tuple[str, str]]:
    """Table info for rows whose parent, once its `locked_at` is set, takes none, changes none."""
    return {"locked_with": (parent, key)}


def triggers(table: Table, dialect: str) -> Iterator[Trigger]:
    """The triggers that a table must have."""
    make: type[Sqlite] | type[Postgres] = Sqlite if dialect == "sqlite" else Postgres
    locked = table.info.get("locked_with")
    if table.info.get("append_only"):
        yield from make.append_only(table)
    if table.info.get("lockable"):
        yield from make.row_lock(table)
    if locked:
        yield from make.child_lock(table, *locked)
    if table.info.keys() & {"append_only", "lockable", "locked_with"}:
        yield from make.no_replacement(table)


class Sqlite:
    """The triggers of SQLite."""

    @staticmethod
    def refusing(name: str, verb: str, table: Table, when: str, says: str) -> Trigger:
        """One trigger that aborts with a sentence."""
        clause = f"WHEN {when} " if when else ""
        body = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        return name, f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} {clause}{body}"

    @classmethod
    def append_only(cls, table: Table) -> Iterator[Trigger]:
        """UPDATE and DELETE."""
        for verb in ("UPDATE", "DELETE"):
            name = f"{table.name}_no_{verb.lower()}"
            yield cls.refusing(name, verb, table, "", f"{table.name} is append-only")

    @classmethod
    def row_lock(cls, table: Table) -> Iterator[Trigger]:
        """A signed row stays as it was signed."""
        says = f"{table.name} is signed and locked"
        for verb in ("UPDATE", "DELETE"):
            name = f"{table.name}_locked_{verb.lower()}"
            yield cls.refusing(name, verb, table, "OLD.locked_at IS NOT NULL", says)

    @classmethod
    def child_lock(cls, table: Table, parent: str, key: str) -> Iterator[Trigger]:
        """A signed parent takes no more rows, changes none and gives none away."""
        for verb, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            ids = ", ".join(f"{row}.{key}" for row in rows)
            locked = (
                f"EXISTS (SELECT 1 FROM {parent} WHERE id IN ({ids}) AND locked_at IS NOT NULL)"
            )
            name = f"{table.name}_{parent}_locked_{verb.lower()}"
            yield cls.refusing(name, verb, table, locked, f"{parent} is signed and locked")

    @classmethod
    def no_replacement(cls, table: Table) -> Iterator[Trigger]:
        """An INSERT that would replace: `INSERT OR REPLACE` fires no DELETE trigger on a connection
        that did not ask for recursive triggers."""
        for number, columns in enumerate([["rowid"], *unique_columns(table)]):
            match = " AND ".join(f"{column} = NEW.{column}" for column in columns)
            taken = f"EXISTS (SELECT 1 FROM {table.name} WHERE {match})"
            name = f"{table.name}_no_replace_{number}"
            yield cls.refusing(name, "INSERT", table, taken, f"{table.name}: the row is there")


class Postgres:
    """The triggers of PostgreSQL. One function refuses; its argument is the sentence."""

    FUNCTION = f"""CREATE OR REPLACE FUNCTION {REFUSE}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    # With its schema, or somebody's temporary table of that name would answer for the parent.
    # FOR SHARE: whoever signs meanwhile waits for this row, or this row for the signature.
    LOCKED = f"""CREATE OR REPLACE FUNCTION {REFUSE}_when_locked() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  find text := format('SELECT locked_at IS NOT NULL FROM %I.%I WHERE id = $1.%I FOR SHARE',
                      TG_TABLE_SCHEMA, TG_ARGV[0], TG_ARGV[1]);
  old_locked boolean; new_locked boolean;
BEGIN
  IF TG_OP <> 'INSERT' THEN EXECUTE find INTO old_locked USING OLD; END IF;
  IF TG_OP <> 'DELETE' THEN EXECUTE find INTO new_locked USING NEW; END IF;
  IF old_locked OR new_locked THEN RAISE EXCEPTION '% is signed and locked', TG_ARGV[0]
    USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$"""

    @staticmethod
    def refusing(name: str, when: str, table: Table, each: str, says: str) -> Trigger:
        """One trigger that raises with a sentence."""
        return name, (
            f"CREATE TRIGGER {name} BEFORE {when} ON {table.name}"
            f" FOR EACH {each} EXECUTE FUNCTION {REFUSE}('{says}')"
        )

    @classmethod
    def append_only(cls, table: Table) -> Iterator[Trigger]:
        """UPDATE and DELETE, by statement, so that an UPDATE of no row is refused too."""
        name, says = f"{table.name}_append_only", f"{table.name} is append-only"
        yield cls.refusing(name, "UPDATE OR DELETE", table, "STATEMENT", says)

    @classmethod
    def row_lock(cls, table: Table) -> Iterator[Trigger]:
        """A signed row stays as it was signed."""
        name, says = f"{table.name}_locked", f"{table.name} is signed and locked"
        when = "ROW WHEN (OLD.locked_at IS NOT NULL)"
        yield cls.refusing(name, "UPDATE OR DELETE", table, when, says)

    @staticmethod
    def child_lock(table: Table, parent: str, key: str) -> Iterator[Trigger]:
        """A signed parent takes no more rows, changes none and gives none away."""
        name = f"{table.name}_{parent}_locked"
        when = f"BEFORE INSERT OR UPDATE OR DELETE ON {table.name} FOR EACH ROW"
        function = f"{REFUSE}_when_locked('{parent}', '{key}')"
        yield name, f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}"

    @classmethod
    def no_replacement(cls, table: Table) -> Iterator[Trigger]:
        """TRUNCATE, which fires no trigger of a row."""
        name, says = f"{table.name}_no_truncate", f"{table.name} is never emptied"
        yield cls.refusing(name, "TRUNCATE", table, "STATEMENT", says)


def unique_columns(table: Table) -> list[list[str]]:
    """Each set of columns that identifies a row: the key, then constraints and indexes by name.

    An index over a part of the rows identifies no row by its columns alone and is left out.
    """
    unique: list[Any] = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    whole = [i for i in table.indexes if i.unique and not list(i.dialect_kwargs)]
    ordered = sorted([*unique, *whole], key=lambda constraint: str(constraint.name))
    return [[c.name for c in table.primary_key], *([c.name for c in u.columns] for u in ordered)]


def expected_triggers(
    metadata: MetaData, dialect: str, present: set[str]
) -> dict[str, tuple[str, str]]:
    """Trigger name -> (table, statement), for the tables that exist."""
    return {
        name: (table.name, statement)
        for table in metadata.sorted_tables
        if table.name in present
        for name, statement in triggers(table, dialect)
    }


def protect(connection: Connection, metadata: MetaData) -> None:
    """Put (back) all that the database refuses by itself: after new tables, after a migration."""
    recreate_triggers(connection, metadata)
    recreate_policies(connection, metadata)
    recreate_grants(connection, metadata)


def recreate_triggers(connection: Connection, metadata: MetaData) -> None:
    """Put every trigger (back) in place: changing a table of SQLite drops them."""
    dialect = connection.dialect.name
    present = set(inspect(connection).get_table_names())
    if dialect == "postgresql":
        for function in (Postgres.FUNCTION, Postgres.LOCKED):
            # The driver reads % as the sign of a parameter, even where there is none.
            connection.exec_driver_sql(function.replace("%", "%%"))
    for name, (table, statement) in expected_triggers(metadata, dialect, present).items():
        on_table = f" ON {table}" if dialect == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on_table}")
        connection.exec_driver_sql(statement)
