"""This file is about the words of a file that is being made, and of one that is not."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.reports.rules.jobs import JobState, Standing, fault_words, size_words
from clinic.reports.rules.pieces import Bookmark, Mark, lines_of

NOW = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(JobState.QUEUED, 0, 0, 0, None), "XLSX waits for its turn"),
        (Standing(JobState.RUNNING, 1, 148, 231, SOON), "Preparing XLSX, 64 %"),
        (Standing(JobState.RUNNING, 1, 0, 0, SOON), "Preparing XLSX, 0 %"),
        (
            Standing(JobState.RUNNING, 2, 1, 10, SOON),
            "Preparing XLSX, taken up again, 10 %",
        ),
        (
            Standing(JobState.RUNNING, 1, 148, 231, NOW - timedelta(seconds=1)),
            "XLSX was interrupted and is taken up again",
        ),
    ],
)
def test_the_bar_says_how_far_it_is_and_whether_somebody_works(
    standing: Standing, words: str
) -> None:
    assert standing.words("XLSX", NOW) == words


def test_a_file_is_never_whole_before_it_can_be_taken() -> None:
    assert Standing(JobState.RUNNING, 1, 231, 231, SOON).percent == 99


def test_a_file_that_was_not_made_says_where_it_stopped_and_why() -> None:
    assert (
        fault_words(148, 231, "storage full")
        == "Stopped at 148 of 231: storage full. Nothing was saved."
    )
    assert fault_words(0, 0, "something failed") == "Stopped: something failed. Nothing was saved."


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (412_300, "412 KB"), (1_250_000, "1.2 MB")],
)
def test_a_size_is_said_in_thousands(size: int, words: str) -> None:
    assert size_words(size) == words


def test_a_bookmark_in_the_midst_of_a_woman_is_no_mark() -> None:
    bookmark = Bookmark()
    assert bookmark.mark("session", 0) is None
    bookmark.stands("p1")
    assert bookmark.mark("session", 1) == Mark("session", "p1", 1)
    bookmark.opens()
    assert bookmark.mark("session", 2) is None


def test_lines_that_lie_across_two_stretches_come_whole() -> None:
    assert list(lines_of([b"on", b"e\ntwo\nth", b"ree"])) == [b"one", b"two", b"three"]
