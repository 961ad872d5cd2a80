"""This file is about the table that `make torture` prints: what was thrown, how often, what held.

It is a plugin of pytest: a fault counts its own tries; of the ordinary tests that are run beside
them, each file is one line and each test one try.
"""

import ast
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Fault:
    """One line: what was thrown, how often, how often it was survived, what was lost."""

    what: str
    tries: int = 0
    passed: int = 0
    lost: int = 0
    said: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Table:
    """What a test writes its line into; it goes along with the report of the test."""

    properties: list[tuple[str, object]]

    @contextmanager
    def fault(self, what: str) -> Iterator[Fault]:
        """A line that its test fills; it stands in the table however the test ends."""
        line, begun = Fault(what), time.monotonic()
        try:
            yield line
        finally:
            line.seconds = time.monotonic() - begun
            self.properties.append(("fault", asdict(line)))


@dataclass
class Lines:
    """All lines of a run."""

    faults: list[Fault] = field(default_factory=list)
    files: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The cells of each line, heads first."""
        yield "attack or fault", "tries", "passed", "lost", "s", "figures"
        for file, outcomes in self.files.items():
            tried, passed = str(len(outcomes)), str(sum(outcomes))
            yield first_sentence(Path(file)), tried, passed, "0", "", file
        for fault in self.faults:
            counts = (str(fault.tries), str(fault.passed), str(fault.lost))
            yield fault.what, *counts, f"{fault.seconds:.0f}", "; ".join(fault.said)


LINES = Lines()


@pytest.fixture
def table(request: pytest.FixtureRequest) -> Table:
    """Where this test writes its line."""
    return Table(request.node.user_properties)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the ordinary tests, by their file. One that fails at its beginning or end failed."""
    file = report.nodeid.split("::", 1)[0]
    if file.startswith("tests/torture/"):
        if report.when == "call":
            LINES.faults += [
                Fault(**said) for name, said in report.user_properties if name == "fault"
            ]
    elif report.when == "call":
        LINES.files[file].append(report.passed)
    elif report.failed:
        LINES.files[file].append(False)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print it below everything else."""
    rows = list(LINES.rows())
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    terminalreporter.section("torture")
    for what, tries, passed, lost, seconds, said in rows:
        numbers = zip((tries, passed, lost, seconds), widths[1:], strict=True)
        cells = [what.ljust(widths[0]), *(number.rjust(width) for number, width in numbers), said]
        terminalreporter.write_line("  ".join(cells).rstrip())


def first_sentence(file: Path) -> str:
    """What a file of tests says it is about."""
    said = ast.get_docstring(ast.parse(file.read_text())) or file.stem
    sentence = said.split("\n\n", 1)[0].split(". ", 1)[0].replace("\n", " ").rstrip(".")
    return sentence.removeprefix("This file is about ")
