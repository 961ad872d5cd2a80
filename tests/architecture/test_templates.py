"""This file is about templates: what the content security policy forbids, and what lies unused."""

import ast
import re
from pathlib import Path

import flask_security
from jinja2 import Environment, nodes

from tests.architecture.tree import TEMPLATES, inside, modules, templates, text_of, tree

JINJA = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
HEX_COLOUR = re.compile(r"""(?:[:=(\s,]["']?)#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b""", re.I)
POINTS_TO_AN_ID = re.compile(r"""(href|target|hx-[\w-]+|data-[\w-]+)=["']#[\w-]+["']""")
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "a style block": re.compile(r"<style\b", re.I),
    "an event attribute": re.compile(r"\s(on[a-z]+|hx-on[\w:.-]*)\s*=\s*[\"']", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "a script in the page": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=[\"']application/json[\"'])", re.I
    ),
    "another host": re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.I),
}
COMMENT = re.compile(r"{#.*?#}", re.S)
SHIPPED_BY_FLASK_SECURITY = Path(flask_security.__file__).parent / "templates"


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def parsed(path: Path) -> nodes.Template:
    return JINJA.parse(path.read_text(), filename=inside(path))


def lines_of(path: Path) -> list[tuple[int, str]]:
    bare = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text_of(path))
    return list(enumerate(bare.splitlines(), start=1))


def test_every_template_can_be_parsed():
    assert [name_of(path) for path in templates() if not parsed(path).body] == []


def test_no_template_carries_style_or_script():
    found = [
        f"{inside(path)}:{number}: {what}"
        for path in templates()
        for number, line in lines_of(path)
        for what, pattern in INLINE.items()
        if pattern.search(line)
    ]

    assert not found, (
        "The browser is told to refuse these. Write a class in clinic/static/css, a module in "
        "clinic/static/js that finds its element by a data- attribute.\n" + "\n".join(found)
    )


def test_no_template_names_a_colour():
    found = [
        f"{inside(path)}:{number}: {colour.group().strip()}"
        for path in templates()
        for number, line in lines_of(path)
        if (colour := HEX_COLOUR.search(POINTS_TO_AN_ID.sub("", line)))
    ]

    assert not found, (
        "Colours are tokens of clinic/static/css/tokens.css, so that dark follows: use a class.\n"
        + "\n".join(found)
    )


def test_every_imported_macro_is_used():
    found = [
        f"{inside(path)}: {name}" for path in templates() for name in sorted(unused(parsed(path)))
    ]

    assert not found, "Remove the import.\n" + "\n".join(found)


def unused(template: nodes.Template) -> set[str]:
    brought = {node.target for node in template.find_all(nodes.Import)}
    for node in template.find_all(nodes.FromImport):
        brought |= {name[1] if isinstance(name, tuple) else name for name in node.names}
    return brought - {node.name for node in template.find_all(nodes.Name) if node.ctx == "load"}


def test_every_template_is_asked_for_by_a_view_or_another_template():
    asked = wanted()
    found = [
        inside(path)
        for path in templates()
        if not any(re.fullmatch(pattern, name_of(path)) for pattern in asked)
        and not (SHIPPED_BY_FLASK_SECURITY / name_of(path)).exists()
    ]

    assert not found, "Nothing shows these; delete them.\n" + "\n".join(found)


def test_every_template_that_is_asked_for_exists():
    names = {name_of(path) for path in templates()}
    found = sorted(
        pattern
        for pattern in wanted()
        if not any(re.fullmatch(pattern, name) for name in names)
        and not (SHIPPED_BY_FLASK_SECURITY / pattern.replace("\\", "")).exists()
    )

    assert not found, "No template has this name.\n" + "\n".join(found)


def wanted() -> set[str]:
    """Names of templates as patterns: what an f-string or `~` fills in is a wildcard."""
    by_code = {as_pattern(node) for path in modules() for node in ast.walk(tree(path))}
    by_templates = {
        jinja_pattern(node.template)
        for path in templates()
        for node in parsed(path).find_all(
            (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
        )
    }
    named = {name for name in by_code | by_templates if re.search(r"\\\.html$|/.*\\\.txt$", name)}
    return named - {r".*\.html"}


def as_pattern(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return "" if re.search(r"[\s<>/]{2}|\s", node.value) else re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(as_pattern(part) if is_text(part) else ".*" for part in node.values)
    return ""


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant)


def jinja_pattern(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Const):
        return re.escape(str(node.value))
    if isinstance(node, nodes.Concat):
        return "".join(jinja_pattern(part) for part in node.nodes)
    return ".*"
