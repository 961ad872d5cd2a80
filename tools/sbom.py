"""This file is about what the program is made of: its parts from the lock files, as CycloneDX 1.6.

`python -m tools.sbom` prints it. The same lock files give the same text: no time, no machine.
"""

import base64
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)((?:[^\n]*\\\n)*[^\n]*)", re.M)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def python_parts(lock: str) -> list[dict[str, Any]]:
    """A part for each line of requirements.txt, with the hashes of all its files."""
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name.lower()}@{version}",
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "name": name.lower(),
            "version": version,
            "properties": [
                {"name": "lock:sha256", "value": word} for word in sorted(HASH.findall(rest))
            ],
        }
        for name, version, rest in PINNED.findall(lock)
    ]


def node_parts(lock: str) -> list[dict[str, Any]]:
    """A part for each package of the browser's files; those of the tests are left out."""
    parts = []
    for path, package in json.loads(lock)["packages"].items():
        if not path or package.get("dev"):
            continue
        name = path.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
        way, _, digest = package["integrity"].partition("-")
        hashes = [{"alg": f"SHA-{way[3:]}", "content": base64.b64decode(digest).hex()}]
        parts.append(
            {
                "type": "library",
                "bom-ref": purl,
                "purl": purl,
                "name": name,
                "version": package["version"],
                "hashes": hashes,
                "licenses": [{"license": {"name": package.get("license", "not said")}}],
            }
        )
    return parts


def bill(root: Path = ROOT) -> dict[str, Any]:
    """The whole bill of materials."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
            }
        },
        "components": python_parts((root / "requirements.txt").read_text())
        + node_parts((root / "package-lock.json").read_text()),
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1, sort_keys=True)
    print()
