"""This package is about the rating scales that come with the program, as YAML beside this file."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from clinic.core import marked_yaml
from clinic.instruments.rules import Instrument, InstrumentError

FOLDER = Path(__file__).parent


def library_files() -> list[Path]:
    """The files that are shipped, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def read_instrument(path: Path) -> Instrument:
    """The scale in a YAML file; raises InstrumentError with file and line of every fault."""
    try:
        tree = marked_yaml.load(path.read_text(encoding="utf-8"), path.name)
    except marked_yaml.MarkedYamlError as error:
        raise InstrumentError(error.problems) from error
    return Instrument.from_tree(tree, path.name)


@cache
def library_instruments() -> Mapping[str, Instrument]:
    """Every shipped scale by its code; read once, since the files never change while we run."""
    read = map(read_instrument, library_files())
    return MappingProxyType({instrument.code: instrument for instrument in read})
