"""This file is about reading the project's own files, so that its conventions can be tested."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLINIC = ROOT / "clinic"
TEMPLATES = ROOT / "templates"
VENDOR = CLINIC / "static" / "vendor"
FILES = ("rules", "models", "queries", "actions", "forms", "views", "charts", "commands")

Found = list[tuple[str, ast.AST]]


def inside(path: Path) -> str:
    """The path as people write it: from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    """Every Python file below the folders, by default those of the product."""
    return sorted(
        path
        for folder in folders or ("clinic",)
        for path in (ROOT / folder).rglob("*.py")
        if "node_modules" not in path.parts
    )


def package_and_file(path: Path) -> tuple[str, str]:
    """`("sessions", "rules")` for clinic/sessions/rules.py and clinic/sessions/rules/alerts.py."""
    parts = path.relative_to(CLINIC).with_suffix("").parts
    return (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text())


def imported(path: Path) -> Iterator[str]:
    """Every name a file imports, dotted and absolute."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = absolute(path, node)
            yield from (f"{start}.{alias.name}" for alias in node.names)


def absolute(path: Path, node: ast.ImportFrom) -> str:
    """What `from ..models import x` means in this file."""
    if not node.level:
        return node.module or ""
    here = path.relative_to(ROOT).with_suffix("").parts[: -node.level]
    return ".".join([*here, *([node.module] if node.module else [])])


def attributes(path: Path) -> set[str]:
    """Every dotted expression of a file, such as `db.session.add`."""
    return {ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """What is called, as written, and the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def spoken(path: Path) -> Iterator[tuple[str, int]]:
    """The text constants of a file that are not docstrings, with their line."""
    silent = {id(node.body[0].value) for node in ast.walk(tree(path)) if has_docstring(node)}
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value, node.lineno


def has_docstring(node: ast.AST) -> bool:
    """Whether a module, class or function begins with a text."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None


def templates() -> list[Path]:
    """Every Jinja template."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


@cache
def tracked() -> list[Path]:
    """What the repository holds: files that git tracks and that are there."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The text of a file, or nothing when it is a picture."""
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""
