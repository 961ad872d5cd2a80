"""This file is about YAML in which every value is text and remembers its line.

YAML itself reads `no` as False, `12:30` as 750 and `1_000` as 1000. Here nothing is guessed:
mappings, lists and texts come back, each with `line`, and whoever reads them names the type.
"""

from typing import Any

import yaml


class MarkedYamlError(ValueError):
    """The text is not YAML we accept. `problems`: one sentence each, with file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class MarkedText(str):
    line: int
    __slots__ = ("line",)


class MarkedList(list[Any]):
    line: int


class MarkedMapping(dict[str, Any]):
    """Keys are MarkedText: the line of a key is the line of its entry."""

    line: int


DEEPEST = 50
NULLS = ("", "null", "~")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(text: str, file: str) -> Any:
    """Nested MarkedMapping, MarkedList, MarkedText; a plain empty value or null is None.

    Raises MarkedYamlError with every duplicate key, alias and non-text key in the file.
    """
    try:
        _refuse_what_never_ends(text, file)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MarkedYamlError([f"{file}, line {line}: not YAML: {error.problem}."]) from error
    except yaml.YAMLError as error:
        raise MarkedYamlError([f"{file}: not YAML: {error}."]) from error
    problems: list[str] = []
    tree = _marked(root, file, problems)
    if problems:
        raise MarkedYamlError(problems)
    return tree


def _refuse_what_never_ends(text: str, file: str) -> None:
    """An alias can hold itself, and nesting can be deeper than any reader; nobody needs either."""
    depth, lines = 0, []
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            where = f"{file}, line {_line(event)}"
            raise MarkedYamlError([f"{where}: nested too deeply. Write it flatter."])
        if isinstance(event, yaml.AliasEvent):
            lines.append(_line(event))
    if lines:
        raise MarkedYamlError(
            [f"{file}, line {line}: an alias (*name) is not read. Write it out." for line in lines]
        )


def _line(marked: Any) -> int:
    return int(marked.start_mark.line) + 1


def _marked(node: yaml.Node | None, file: str, problems: list[str]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, problems)
    if isinstance(node, yaml.SequenceNode):
        items = MarkedList(_marked(item, file, problems) for item in node.value)
        items.line = _line(node)
        return items
    return _text(node)


def _text(node: yaml.Node | None) -> MarkedText | None:
    if not isinstance(node, yaml.ScalarNode) or (not node.style and node.value in NULLS):
        return None
    text = MarkedText(node.value)
    text.line = _line(node)
    return text


def _mapping(node: yaml.MappingNode, file: str, problems: list[str]) -> MarkedMapping:
    mapping = MarkedMapping()
    mapping.line = _line(node)
    for key_node, value_node in node.value:
        line = _line(key_node)
        key = _text(key_node)
        if key is None:
            problems.append(f"{file}, line {line}: a key must be text. Write a name before the :.")
        elif key in mapping:
            first = next(known.line for known in mapping if known == key)  # type: ignore[attr-defined]
            problems.append(
                f"{file}, line {line}: {key} is written twice (first in line {first})."
                " Keep one of them."
            )
        else:
            mapping[key] = _marked(value_node, file, problems)
    return mapping
