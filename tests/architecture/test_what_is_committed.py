"""This file is about what the repository may hold: nothing of others, nothing of one machine."""

import re

from tests.architecture.tree import ROOT, inside, text_of, tracked

# Written in pieces, so that this file does not find itself.
REGISTRIES = re.compile("|".join(["registry[.]np" + "mjs", "py" + "pi[.]org", "python" + "hosted"]))
MACHINE = re.compile("|".join(f"/{name}/" for name in ("wo" + "rk", "ro" + "ot", "ho" + "me")))
UNFINISHED = re.compile(r"\b(?:" + "TO" + "DO|FIX" + "ME|XX" + r"X)\b")
SECRET = "demo-only-" + "secret-do-not-use-for-patients-0000"
PLACES_OF_THE_SECRET = {"Makefile", "config.py", "tools/pictures.py"}


def holding(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{inside(path)}: {found.group()}"
        for path in tracked()
        if (found := pattern.search(text_of(path)))
    ]


def test_no_file_names_a_registry():
    assert not (found := holding(REGISTRIES)), "Whoever installs chooses it.\n" + "\n".join(found)


def test_no_file_names_a_place_on_one_machine():
    assert not (found := holding(MACHINE)), "Write a path from the project.\n" + "\n".join(found)


def test_no_file_leaves_work_unfinished():
    assert not (found := holding(UNFINISHED)), "Finish it or delete it.\n" + "\n".join(found)


def test_third_party_files_are_not_committed():
    others = re.compile(r"(^|/)(node_modules|vendor|\.venv)/|\.min\.(js|css)$|\.(woff2?|whl|tgz)$")

    assert [inside(path) for path in tracked() if others.search(inside(path))] == []


def test_no_data_is_committed():
    data = re.compile(r"\.(db|sqlite3?|db-wal|db-shm|log|pem|key)$|^instance/|(^|/)\.env$")

    assert [inside(path) for path in tracked() if data.search(inside(path))] == []


def test_the_secret_of_the_demo_stands_only_where_it_is_set_and_where_it_is_refused():
    places = {inside(path) for path in tracked() if SECRET in text_of(path)}

    assert {place for place in places if not place.startswith("tests/")} <= PLACES_OF_THE_SECRET


def test_python_packages_are_locked_by_their_content():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        lines = (ROOT / name).read_text().splitlines()
        pinned = [number for number, line in enumerate(lines) if re.match(r"[a-z][\w.-]*==", line)]

        assert pinned, name
        assert all("--hash=sha256:" in lines[number + 1] for number in pinned), name
