"""This package is about the protocols that come with the program, as YAML beside this file."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

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


@cache
def library_protocols() -> Mapping[str, Protocol]:
    """Every shipped protocol by its code; read once."""
    found = {protocol.code: protocol for protocol in map(read_protocol, library_files())}
    return MappingProxyType(found)
