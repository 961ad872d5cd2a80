"""This file is about who may know whom, where import-linter's contracts cannot say it."""

import sys

from tests.architecture.tree import FILES, imported, inside, modules, package_and_file

CLOCKS_AND_CHANCE = {"time", "random", "secrets", "os", "socket", "sqlite3", "subprocess"}
PURE = sys.stdlib_module_names - CLOCKS_AND_CHANCE

# Files beside the usual ones, each with what only it is about.
OWN_FILES = {
    "accounts/sign_in": "sets up Flask-Security and tells the core who is there",
    "accounts/web_session": "keeps Flask's session on the server",
    "courses/library": "reads the YAML of the consent wording and says file, line, what to write",
    "exchange/library": "reads the YAML of the codes, and the map that an operator loads",
    "instruments/library": "reads the YAML of the scales and says file, line and what to write",
    "links/parts": "keeps the kinds of parts of a link, to which later rooms add theirs",
    "evaluation/library": "reads the YAML of the checklist",
    "integration/library": "reads the texts of letters that come with the program",
    "protocols/library": "reads the YAML of the protocols and says file, line and what to write",
    "reports/library": "reads the YAML of what figures mean, and of forms and clocks",
}

# These type into the forms as a browser would, so that nothing gets in by another way.
FILL_IN_FORMS = ("demo", "bench")


def test_rules_and_charts_import_only_the_standard_library_and_other_rules():
    found = [
        f"{inside(path)} imports {name}"
        for path in modules()
        if package_and_file(path)[1] in ("rules", "charts")
        for name in imported(path)
        if not is_pure(name)
    ]

    assert not found, (
        "Rules are pure: pass time, database rows and settings in as arguments.\n"
        + "\n".join(found)
    )


def is_pure(name: str) -> bool:
    parts = name.split(".")
    if parts[0] == "clinic":
        return len(parts) > 2 and parts[2] in ("rules", "charts")
    return parts[0] in PURE


def test_pages_and_forms_of_a_package_are_its_own():
    found = [
        f"{inside(path)} imports {name}"
        for path in modules("clinic")
        for name in imported(path)
        if is_of_another_package(package_and_file(path)[0], name)
    ]

    assert not found, (
        "Only core's forms are shared. Move what both need into a query, a rule or a template.\n"
        + "\n".join(found)
    )


def is_of_another_package(package: str, name: str) -> bool:
    parts = name.split(".")
    if parts[0] != "clinic" or len(parts) < 3 or package == "":
        return False
    if package in FILL_IN_FORMS and parts[2] == "forms":
        return False
    return parts[1] not in (package, "core") and parts[2] in ("views", "forms")


def test_a_package_has_the_usual_files_and_no_others():
    names = {package_and_file(path) for path in modules()}
    found = sorted(
        f"clinic/{package}/{file}.py"
        for package, file in names
        if package not in ("", "core")
        and file not in (*FILES, "__init__")
        and f"{package}/{file}" not in OWN_FILES
    )

    assert not found, (
        f"A package is made of {', '.join(FILES)}. A file that outgrew its size becomes a folder "
        "of the same name; a promise to every package belongs in core.\n" + "\n".join(found)
    )


def test_an_exception_ends_with_the_file_it_was_made_for():
    names = {"/".join(package_and_file(path)) for path in modules()}
    packages = {name.split("/")[0] for name in names}
    stale = [name for name in OWN_FILES if name.split("/")[0] in packages and name not in names]

    assert not stale, "Remove from OWN_FILES: " + ", ".join(stale)
