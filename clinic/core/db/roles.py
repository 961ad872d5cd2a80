"""This file is about the roles of PostgreSQL: who owns the tables, who uses them, who copies them.

The program signs in as the application: it owns nothing, it cannot put the lock between clinics or
a trigger out of order, and what is written once it can neither change nor delete.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, MetaData, inspect

from clinic.core.db.policies import locked_tables, order

OWNER, APPLICATION, BACKUP = "clinic_owner", "clinic_app", "clinic_backup"

# For an administrator of the server, as often as one likes. :database is a name for psql.
SCRIPT = f"""\\set ON_ERROR_STOP on
BEGIN;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
    CREATE ROLE {OWNER} LOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') THEN
    CREATE ROLE {APPLICATION} LOGIN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{BACKUP}') THEN
    CREATE ROLE {BACKUP} LOGIN; END IF;
END $$;
ALTER ROLE {OWNER} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE {APPLICATION} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE {BACKUP} NOSUPERUSER BYPASSRLS CREATEDB NOCREATEROLE NOREPLICATION;
ALTER DATABASE :"database" OWNER TO {OWNER};
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO {APPLICATION}, {BACKUP};
ALTER SCHEMA public OWNER TO {OWNER};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {APPLICATION}, {BACKUP};
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT format('TABLE %I.%I', schemaname, tablename) AS what FROM pg_tables
    WHERE schemaname = 'public'
    UNION ALL SELECT format('FUNCTION %s', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'clinic\\_%'
  LOOP EXECUTE 'ALTER ' || one.what || ' OWNER TO {OWNER}'; END LOOP;
END $$;
COMMIT;
"""


def recreate_grants(connection: Connection, metadata: MetaData) -> None:
    """Let the application work and backups read, where these roles exist. On PostgreSQL alone.

    What is written once is granted for reading and adding, and for nothing else.
    """
    if connection.dialect.name != "postgresql":
        return
    known = set(connection.exec_driver_sql("SELECT rolname FROM pg_roles").scalars())
    present = set(inspect(connection).get_table_names())
    statements: list[str] = []
    for name in sorted(present & {*metadata.tables, "alembic_version"}):
        if APPLICATION in known:
            statements.append(f'REVOKE ALL ON "{name}" FROM {APPLICATION}')
            statements.append(f'GRANT {granted(metadata, name)} ON "{name}" TO {APPLICATION}')
        if BACKUP in known:
            statements.append(f'GRANT SELECT ON "{name}" TO {BACKUP}')
    order(connection, *statements)


def granted(metadata: MetaData, name: str) -> str:
    """What the application may do with a table."""
    if name not in metadata.tables:
        return "SELECT"
    once = metadata.tables[name].info.get("append_only")
    return "SELECT, INSERT" if once else "SELECT, INSERT, UPDATE, DELETE"


def faults(connection: Connection, metadata: MetaData) -> list[str]:
    """Why whoever is connected could get past what PostgreSQL refuses, a sentence each.

    Empty: nothing. Always empty on SQLite, which knows no roles.
    """
    return list(found_faults(connection, metadata)) if connection.dialect.name != "sqlite" else []


def found_faults(connection: Connection, metadata: MetaData) -> Iterator[str]:
    """The faults of the role first, then those of the tables."""
    asked = (
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user"
    )
    role = connection.exec_driver_sql(asked).one()
    if role.rolsuper:
        yield f"{role.rolname} is a superuser: nothing is refused to it."
        return
    if role.rolbypassrls:
        yield f"{role.rolname} reads past the lock between clinics (BYPASSRLS)."
    if role.rolcreaterole:
        yield f"{role.rolname} can make itself other roles (CREATEROLE)."
    yield from faults_of_tables(connection, metadata, role.rolname)


def faults_of_tables(connection: Connection, metadata: MetaData, role: str) -> Iterator[str]:
    """Tables that the role owns or may change though they are written once, or without the lock."""
    asked = (
        "SELECT relname, pg_has_role(relowner, 'USAGE') AS owned, relrowsecurity AND"
        " relforcerowsecurity AS locked, has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE')"
        " AS changes FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    found = {row.relname: row for row in connection.exec_driver_sql(asked)}
    once = [name for name, table in metadata.tables.items() if table.info.get("append_only")]
    owned = sorted(name for name, row in found.items() if row.owned)
    if owned:
        yield f"{role} owns tables and can take their triggers away: {few(owned)}."
    if changed := sorted(name for name in once if name in found and found[name].changes):
        yield f"{role} may change what is written once: {few(changed)}."
    unlocked = [name for name, _ in locked_tables(connection, metadata) if not found[name].locked]
    if unlocked:
        yield f"There is no lock between clinics on {few(unlocked)}."


def few(names: list[str]) -> str:
    """The first of some names."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
