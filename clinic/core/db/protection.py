"""This file is about rows that may never change: the triggers that refuse it, on both engines."""

from collections.abc import Iterator

from sqlalchemy import Connection, MetaData, Table, UniqueConstraint, inspect

REFUSE = "clinic_refuse_change"


def append_only() -> dict[str, bool]:
    """Table info for rows that are written once: no UPDATE, DELETE, REPLACE or TRUNCATE."""
    return {"append_only": True}


def locked_with(parent: str, key: str) -> dict[str, tuple[str, str]]:
    """Table info for rows that a signed parent (its `locked_at` is set) no longer takes."""
    return {"locked_with": (parent, key)}


def triggers(table: Table, dialect: str) -> Iterator[tuple[str, str]]:
    """Name and statement of each trigger that a table must have."""
    make: type[Sqlite] | type[Postgres] = Sqlite if dialect == "sqlite" else Postgres
    if table.info.get("append_only"):
        yield from make.append_only(table)
    if locked := table.info.get("locked_with"):
        yield from make.child_lock(table, *locked)
    if table.info.get("lockable"):
        yield from make.row_lock(table)


class Sqlite:
    """The triggers of SQLite."""

    @staticmethod
    def trigger(name: str, when: str, table: str, condition: str, says: str) -> tuple[str, str]:
        """One trigger that aborts with a sentence."""
        clause = f"WHEN {condition} " if condition else ""
        body = f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        return name, f"CREATE TRIGGER {name} BEFORE {when} ON {table} {clause}{body}"

    @classmethod
    def append_only(cls, table: Table) -> Iterator[tuple[str, str]]:
        """UPDATE, DELETE, and an INSERT that would replace: `INSERT OR REPLACE` fires no DELETE
        trigger on a connection that did not ask for recursive triggers."""
        says = f"{table.name} is append-only"
        for verb in ("UPDATE", "DELETE"):
            yield cls.trigger(f"{table.name}_no_{verb.lower()}", verb, table.name, "", says)
        for number, columns in enumerate(unique_columns(table)):
            match = " AND ".join(f"{column} = NEW.{column}" for column in columns)
            taken = f"EXISTS (SELECT 1 FROM {table.name} WHERE {match})"
            yield cls.trigger(
                f"{table.name}_no_replace_{number}", "INSERT", table.name, taken, says
            )

    @classmethod
    def child_lock(cls, table: Table, parent: str, key: str) -> Iterator[tuple[str, str]]:
        """A signed parent takes no more rows."""
        locked = f"EXISTS (SELECT 1 FROM {parent} WHERE id = NEW.{key} AND locked_at IS NOT NULL)"
        yield cls.trigger(
            f"{table.name}_locked", "INSERT", table.name, locked, f"{parent} is signed and locked"
        )

    @classmethod
    def row_lock(cls, table: Table) -> Iterator[tuple[str, str]]:
        """A signed row stays as it was signed."""
        for verb in ("UPDATE", "DELETE"):
            yield cls.trigger(
                f"{table.name}_locked_{verb.lower()}",
                verb,
                table.name,
                "OLD.locked_at IS NOT NULL",
                f"{table.name} is signed and locked",
            )


class Postgres:
    """The triggers of PostgreSQL. One function refuses; its argument is the sentence."""

    FUNCTION = f"""CREATE OR REPLACE FUNCTION {REFUSE}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    LOCKED = f"""CREATE OR REPLACE FUNCTION {REFUSE}_when_locked() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE locked boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id = $1.%I AND locked_at IS NOT NULL)',
                 TG_ARGV[0], TG_ARGV[1]) INTO locked USING NEW;
  IF locked THEN RAISE EXCEPTION '% is signed and locked', TG_ARGV[0]
    USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$"""

    @staticmethod
    def append_only(table: Table) -> Iterator[tuple[str, str]]:
        """UPDATE, DELETE and TRUNCATE, by statement, so that an UPDATE of no row is refused too."""
        name = f"{table.name}_append_only"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {REFUSE}('{table.name} is append-only')"
            ),
        )

    @staticmethod
    def child_lock(table: Table, parent: str, key: str) -> Iterator[tuple[str, str]]:
        """A signed parent takes no more rows."""
        name = f"{table.name}_locked"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} BEFORE INSERT ON {table.name}"
                f" FOR EACH ROW EXECUTE FUNCTION {REFUSE}_when_locked('{parent}', '{key}')"
            ),
        )

    @staticmethod
    def row_lock(table: Table) -> Iterator[tuple[str, str]]:
        """A signed row stays as it was signed."""
        name = f"{table.name}_locked_row"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table.name} FOR EACH ROW"
                f" WHEN (OLD.locked_at IS NOT NULL)"
                f" EXECUTE FUNCTION {REFUSE}('{table.name} is signed and locked')"
            ),
        )


def unique_columns(table: Table) -> list[list[str]]:
    """Each set of columns that identifies a row: the key, then the unique constraints by name."""
    constraints = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    ordered = sorted(constraints, key=lambda constraint: str(constraint.name))
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


def recreate_triggers(connection: Connection, metadata: MetaData) -> None:
    """Put every trigger (back) in place. Each migration ends with it: batches drop them."""
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
