"""This file is about what the program is made of: each part is named, none too old."""

import json
import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.version import Version

from tests.architecture.tree import ROOT
from tools.sbom import bill

FLOORS = tomllib.loads((ROOT / "tools/floors.toml").read_text())
PARTS = {part["purl"]: part for part in bill()["components"]}


def locked(kind: str, name: str) -> str:
    """The version in the lock file."""
    found = [
        part["version"] for purl, part in PARTS.items() if purl.startswith(f"pkg:{kind}/{name}@")
    ]
    assert len(found) == 1, f"{name} is in the lock once, not {len(found)} times"
    return found[0]


@pytest.mark.parametrize("name", FLOORS["python"])
def test_no_package_is_older_than_its_last_known_hole(name: str) -> None:
    """ASVS 15.2.1: the lock, and what is installed here."""
    floor = Version(FLOORS["python"][name]["version"])

    assert Version(locked("pypi", name)) >= floor
    assert Version(version(name)) >= floor


@pytest.mark.parametrize("name", FLOORS["node"])
def test_no_file_of_the_browser_is_older_than_it_may_be(name: str) -> None:
    assert Version(locked("npm", name)) >= Version(FLOORS["node"][name]["version"])


def test_the_bill_of_materials_names_every_locked_part_with_its_hash() -> None:
    """ASVS 15.1.2."""
    python = re.findall(r"^[\w.-]+(?:\[.*\])?==", (ROOT / "requirements.txt").read_text(), re.M)
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    browser = [path for path, package in packages.items() if path and not package.get("dev")]

    assert len(PARTS) == len(python) + len(browser)
    assert all(part.get("hashes") or part["properties"] for part in PARTS.values())
    assert (bill()["bomFormat"], bill()["specVersion"]) == ("CycloneDX", "1.6")
