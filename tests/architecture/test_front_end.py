"""This file is about the browser's third-party files: exactly what the lock file says."""

import hashlib
import json
import re
import tomllib

import pytest

from tests.architecture.tree import CLINIC, ROOT, VENDOR, inside, templates, text_of

AGAIN = "Type: make front-end"
OUR_STATIC = [
    path
    for kind in ("css", "js")
    for path in (CLINIC / "static").rglob(f"*.{kind}")
    if VENDOR not in path.parents
]
VENDOR_FILE = re.compile(r"""vendor/([\w./@-]+\.\w+)""")
ICON = re.compile(r"""\bicon\(\s*['"]([\w-]+)['"]|icons\.svg#([\w-]+)""")
SYMBOL = re.compile(r'<symbol id="([\w-]+)"')


@pytest.fixture(scope="module")
def manifest():
    return json.loads((VENDOR / "manifest.json").read_text())["files"]


@pytest.fixture(scope="module")
def lock():
    return json.loads((ROOT / "package-lock.json").read_text())["packages"]


def test_the_manifest_lists_exactly_the_files_that_are_served(manifest):
    served = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}

    assert served - {"manifest.json"} == {row["file"] for row in manifest}, AGAIN


def test_every_served_file_is_unchanged_since_the_manifest_was_written(manifest):
    changed = [
        row["file"]
        for row in manifest
        if hashlib.sha256((VENDOR / row["file"]).read_bytes()).hexdigest() != row["sha256"]
    ]

    assert changed == [], AGAIN


def test_every_served_file_is_of_the_version_in_the_lock_file(manifest, lock):
    other = [
        row["file"]
        for row in manifest
        if lock[f"node_modules/{row['package']}"]["version"] != row["version"]
    ]

    assert other == [], AGAIN


def test_every_served_file_names_a_licence_we_may_serve(manifest):
    licences = {row["licence"] for row in manifest}

    assert licences <= {"0BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1"}


def test_every_wanted_file_is_served(manifest):
    wanted = tomllib.loads((ROOT / "tools" / "front_end.toml").read_text())["files"]

    assert set(wanted) <= {row["file"] for row in manifest}, AGAIN


def test_the_packages_are_named_by_exact_versions():
    about = json.loads((ROOT / "package.json").read_text())
    versions = {**about["dependencies"], **about["devDependencies"]}

    assert [name for name, number in versions.items() if not re.fullmatch(r"[\d.]+", number)] == []


def test_the_lock_file_checks_the_content_of_every_package(lock):
    # What lies inside another package is checked with it.
    alone = {name: entry for name, entry in lock.items() if name and not entry.get("inBundle")}

    unchecked = [name for name, entry in alone.items() if "integrity" not in entry]

    assert unchecked == []


def test_every_vendor_file_that_a_page_asks_for_is_served(manifest):
    served = {row["file"] for row in manifest} | {"manifest.json"}
    found = [
        f"{inside(path)}: vendor/{name}"
        for path in [*templates(), *OUR_STATIC]
        for name in VENDOR_FILE.findall(text_of(path))
        if name not in served
    ]

    assert not found, "Add a line under [files] in tools/front_end.toml.\n" + "\n".join(found)


def test_every_icon_that_a_page_shows_is_in_the_sprite():
    drawn = set(SYMBOL.findall((VENDOR / "icons.svg").read_text()))
    found = sorted(
        f"{inside(path)}: {name}"
        for path in [*templates(), *OUR_STATIC]
        for name in ("".join(pair) for pair in ICON.findall(text_of(path)))
        if name not in drawn
    )

    assert not found, "Add the name under [icons] in tools/front_end.toml.\n" + "\n".join(found)


def test_our_styles_and_scripts_ask_no_other_host():
    elsewhere = re.compile(r"(url\(|import |fetch\()\s*['\"]?(https?:)?//")
    found = [inside(path) for path in OUR_STATIC if elsewhere.search(text_of(path))]

    assert not found, "Everything comes from clinic/static.\n" + "\n".join(found)
