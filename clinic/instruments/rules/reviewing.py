"""This file is about which safety answers still wait for a person (definitions D7.4).

A use of a scale has versions: its first answers and their corrections. Changed answers are both
kept, so a correction to zero takes no finding away; only a review does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic.instruments.rules.safety import SafetyFinding


@dataclass(frozen=True)
class Version:
    """One version of the answers. `answered`: items with an answer; `reviewed`: a review names it.

    A withdrawn version has no findings, and leaves no item to be asked: all count as answered.
    """

    findings: tuple[SafetyFinding, ...]
    answered: frozenset[str]
    reviewed: bool


@dataclass(frozen=True)
class OpenAnswer:
    """A finding nobody has reviewed; `version` is its place among the versions, from 0."""

    finding: SafetyFinding
    version: int


def open_answers(versions: Sequence[Version]) -> tuple[OpenAnswer, ...]:
    """What still waits, each item and score once; `versions` oldest first.

    A review covers the version that it names, those before, and the same answer given later. A
    skipped item waits until a later version answers it.
    """
    return tuple(_open(versions))


def _open(versions: Sequence[Version]) -> Iterator[OpenAnswer]:
    reviewed = max((n for n, version in enumerate(versions) if version.reviewed), default=-1)
    done = {_key(found) for version in versions[: reviewed + 1] for found in version.findings}
    for number, version in list(enumerate(versions))[reviewed + 1 :]:
        later = {item for after in versions[number + 1 :] for item in after.answered}
        for found in version.findings:
            if _key(found) not in done and not (found.skipped and found.item in later):
                done.add(_key(found))
                yield OpenAnswer(found, number)


def _key(finding: SafetyFinding) -> tuple[str, int | None]:
    return finding.item, finding.score
