"""This package is about the protocols that come with the program, as YAML beside this file."""

from pathlib import Path

from clinic.core import marked_yaml
from clinic.protocols.rules import Protocol
from clinic.protocols.rules.parsing import ProtocolError

FOLDER = Path(__file__).parent


def library_files() -> list[Path]:
    """The files that are shipped, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def read_protocol(path: Path) -> Protocol:
    """The protocol in a YAML file; raises ProtocolError with file and line of every fault."""
    try:
        tree = marked_yaml.load(path.read_text(encoding="utf-8"), path.name)
    except marked_yaml.MarkedYamlError as error:
        raise ProtocolError(error.problems) from error
    return Protocol.from_tree(tree, path.name)


def library_protocols() -> dict[str, Protocol]:
    """Every shipped protocol by its code."""
    return {protocol.code: protocol for protocol in map(read_protocol, library_files())}
