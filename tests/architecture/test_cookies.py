"""Every cookie of the program is out of reach of scripts and of other sites, and goes over TLS."""

import ast

from tests.architecture.tree import inside, modules

NEEDED = {"secure", "httponly", "samesite", "path"}


def keywords_of(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def test_a_cookie_says_secure_httponly_samesite_and_its_path():
    """ASVS 3.3.1 to 3.3.4. `**`: flags that a test of the browser's id looks at."""
    found, seen = [], 0
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(node, "func", None), "attr", "")
            if isinstance(node, ast.Call) and name == "set_cookie":
                seen += 1
                given = keywords_of(node)
                if None not in given and not given >= NEEDED:
                    found.append(f"{inside(path)}:{node.lineno}")

    assert found == []
    assert seen >= 4


def test_nothing_but_the_program_sets_headers_of_its_own_against_the_common_ones():
    """A page that says how long it may be kept would be overruled: say nothing."""
    found = [
        f"{inside(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and node.value
        in ("Cache-Control", "Content-Security-Policy", "Access-Control-Allow-Origin")
        and inside(path) not in ("clinic/core/headers.py", "clinic/core/files.py")
    ]

    assert found == []
