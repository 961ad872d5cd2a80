"""This file is about files that a clinic sends: what they are, and the wording in them.

A file is looked at, never run: its kind is read from its first bytes, its text by strict readers.
"""

from typing import Any

from clinic.core import marked_yaml, strict_json
from clinic.core.errors import Unprocessable
from clinic.instruments.rules.wording import Wording, WordingError, read_wording

LARGEST_WORDING = 200 * 1024
KINDS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
MOST_PROBLEMS = 20


def type_of(content: bytes) -> str | None:
    """The kind of a letter or contract by its first bytes; None: not one that we keep."""
    return next((kind for start, kind in KINDS.items() if content.startswith(start)), None)


def wording_in(content: bytes) -> Wording:
    """The wording in a YAML or JSON file. Raises Unprocessable (field `wording`)."""
    if len(content) > LARGEST_WORDING:
        raise refusal(["The file is larger than 200 kB."])
    try:
        return read_wording(tree_of(content), "The file")
    except (marked_yaml.MarkedYamlError, WordingError) as error:
        raise refusal(error.problems) from None
    except strict_json.BadJson as error:
        raise refusal([str(error)]) from None
    except UnicodeDecodeError:
        raise refusal(["The file is not text in UTF-8."]) from None


def tree_of(content: bytes) -> Any:
    """Nested dict, list and str."""
    if content.lstrip().startswith(b"{"):
        return strict_json.loads(content)
    return marked_yaml.load(content.decode("utf-8-sig"), "The file")


def refusal(problems: list[str]) -> Unprocessable:
    """What is wrong with a file; a long list ends early."""
    more = len(problems) - MOST_PROBLEMS
    rest = [f"And {more} more."] if more > 0 else []
    return Unprocessable({"wording": [*problems[:MOST_PROBLEMS], *rest]})
