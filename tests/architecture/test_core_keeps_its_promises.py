"""This file is about doors that only the core may use: clock, database, transaction, writing."""

import ast
import re
from pathlib import Path

from tests.architecture.tree import (
    attributes,
    calls,
    imported,
    inside,
    modules,
    package_and_file,
    spoken,
)

CLOCK = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime))$"
)
BELOW_THE_SESSION = re.compile(
    r"(^|\.)(db\.(engine|engines|get_engine)|session\.(connection|bind|get_bind)"
    r"|exec_driver_sql|create_engine|raw_connection)$"
)
RAW_SQL = re.compile(r"^sqlalchemy(\.sql|\.sql\.expression)?\.(text|TextClause)$")
WRITES = re.compile(r"(^|\.)session\.(add|add_all|delete|merge)$")
STATEMENTS = re.compile(r"^sqlalchemy(\.[\w.]+)?\.(insert|update|delete)$")
CORE_DB = "clinic/core/db"


def outside(*places: str) -> list[Path]:
    return [path for path in modules() if not inside(path).startswith(places)]


def said(found: list[str], instead: str) -> str:
    return f"{instead}\n" + "\n".join(found)


def test_only_the_clock_reads_the_system_clock():
    found = [
        f"{inside(path)}: {name}"
        for path in outside("clinic/core/clock.py")
        for name in sorted(attributes(path))
        if CLOCK.search(name)
    ]
    found += [
        f"{inside(path)}: import {name}"
        for path in outside("clinic/core/clock.py")
        for name in imported(path)
        if name in ("time.time", "time.time_ns")
    ]

    assert not found, said(
        found, "Write clinic.core.clock.now(), or in rules take `now` as an argument."
    )


def test_only_the_core_goes_below_the_session():
    found = [
        f"{inside(path)}: {name}"
        for path in outside("clinic/core/", "clinic/operations/", "clinic/bench/")
        for name in sorted(attributes(path) | set(imported(path)))
        if BELOW_THE_SESSION.search(name)
    ]

    assert not found, said(
        found, "Below the session there is no wall and no trail: use db.session and ORM statements."
    )


def test_only_the_core_writes_raw_sql():
    found = [
        f"{inside(path)}: {name}"
        for path in outside("clinic/core/")
        for name in imported(path)
        if RAW_SQL.match(name) and package_and_file(path)[1] != "models"
    ]

    assert not found, said(
        found, "Write an ORM statement: the wall cannot narrow raw SQL (models may, for a CHECK)."
    )


def test_only_core_db_commits():
    found = [
        f"{inside(path)}:{line}: {name}()"
        for path in outside(CORE_DB)
        for name, line in calls(path)
        if name.endswith(".commit")
    ]
    found += [
        f"{inside(path)}:{line}: {name}()"
        for path in outside("clinic/core/")
        for name, line in calls(path)
        if name.endswith(("session.begin", "session.begin_nested"))
    ]

    assert not found, said(
        found,
        "A request is one transaction, ended by core.db. In an action only add; a command runs "
        "inside the transaction that core.db gives it.",
    )


def test_nobody_opens_a_session_beside_the_one_of_core_db():
    found = [
        f"{inside(path)}:{line}: {name}()"
        for path in outside("clinic/core/")
        for name, line in calls(path)
        if name in ("Session", "sessionmaker", "scoped_session")
    ]

    assert not found, said(found, "Use db.session, or core.db.apart() for the one exception.")


def test_only_actions_write():
    places = ("actions", "commands")
    found = [
        f"{inside(path)}:{line}: {name}()"
        for path in outside("clinic/core/", "clinic/demo/", "clinic/bench/")
        if package_and_file(path)[1] not in places
        for name, line in calls(path)
        if WRITES.search(name)
    ]
    found += [
        f"{inside(path)}: import {name}"
        for path in outside("clinic/core/")
        if package_and_file(path)[1] not in places
        for name in imported(path)
        if STATEMENTS.match(name)
    ]

    assert not found, said(found, "Move the write into actions.py, named by a verb and its object.")


def test_nobody_reads_the_environment_but_the_settings():
    found = [
        f"{inside(path)}: {name}"
        for path in modules()
        for name in sorted(attributes(path))
        if name in ("os.environ", "os.getenv")
    ]

    assert not found, said(found, "Settings come from config.py through current_app.config.")


def test_no_class_is_called_session():
    found = [
        f"{inside(path)}:{node.lineno}: class Session"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and node.name == "Session"
    ]

    assert not found, said(found, "Flask and SQLAlchemy own the word; write TreatmentSession.")


def test_no_code_speaks_of_binary_floating_point_for_quantities():
    found = [
        f"{inside(path)}:{line}: float()"
        for path in modules()
        if package_and_file(path)[1] in ("models", "forms", "actions")
        for name, line in calls(path)
        if name == "float"
    ]

    assert not found, said(found, "A quantity is a Decimal: 0.1 mg must stay 0.1 mg.")


def test_nothing_asks_another_host():
    found = [
        f"{inside(path)}:{line}: {words[:60]}"
        for path in modules()
        for words, line in spoken(path)
        if re.search(r"(src|href)=[\"']?https?://", words)
    ]

    assert not found, said(found, "Everything the browser loads comes from clinic/static.")
