"""This file is about the arithmetic of sign-in: names, pauses, limits, addresses of our own."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.accounts.rules import (
    is_email,
    is_over,
    is_own_address,
    normalised_email,
    pause_after,
    pause_in_words,
    tries_in_words,
    worth_noting,
)

NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)


@pytest.mark.parametrize(
    "typed",
    [
        "nurse@clinic.example",
        " nurse@clinic.example\t",
        "NURSE@Clinic.Example",
        "ｎｕｒｓｅ＠ｃｌｉｎｉｃ．ｅｘａｍｐｌｅ",
        "nurse@clinic.example\u3000",
        "nurſe@clinic.example",
    ],
)
def test_look_alikes_are_the_same_name(typed: str) -> None:
    assert normalised_email(typed) == "nurse@clinic.example"


@pytest.mark.parametrize(
    "typed", ["", "nurse", "@clinic.example", "a@b", "a b@c.de", "a\x00@b.cd", "a@b.c,d@e.fg"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert not is_email(normalised_email(typed))


def test_an_address_may_be_254_characters_long_and_no_longer() -> None:
    assert is_email("a" * 244 + "@b.example"[:10])
    assert not is_email("a" * 245 + "@b.example"[:10])


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (11, 900), (10_000, 900)],
)
def test_a_pause_begins_at_the_fifth_wrong_try_doubles_and_stays_at_15_minutes(
    failures: int, seconds: int
) -> None:
    assert pause_after(failures, 5) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("left", "pause", "words"),
    [
        (3, 0, "3 tries left, then a 30 s pause."),
        (1, 0, "1 try left, then a 30 s pause."),
        (0, 30, "Wait 30 s, then try again."),
        (-1, 60, "Wait 60 s, then try again."),
        (-5, 900, "Wait 15 min, then try again."),
    ],
)
def test_a_wrong_try_is_told_what_comes_next(left: int, pause: int, words: str) -> None:
    assert tries_in_words(left, timedelta(seconds=pause)) == words


def test_a_pause_is_never_said_shorter_than_it_is() -> None:
    assert pause_in_words(timedelta(seconds=29, milliseconds=1)) == "30 s"
    assert pause_in_words(timedelta(seconds=121)) == "3 min"


@pytest.mark.parametrize(
    ("unused", "begun", "over"),
    [
        (timedelta(minutes=14, seconds=59), timedelta(hours=1), False),
        (timedelta(minutes=15), timedelta(hours=1), True),
        (timedelta(0), timedelta(hours=11, minutes=59), False),
        (timedelta(0), timedelta(hours=12), True),
    ],
)
def test_a_sitting_ends_when_it_is_unused_or_old(
    unused: timedelta, begun: timedelta, over: bool
) -> None:
    found = is_over(
        NINE, created_at=NINE - begun, seen_at=NINE - unused, idle=IDLE, absolute=ABSOLUTE
    )

    assert found is over


def test_where_nobody_is_signed_in_there_is_no_idle_limit() -> None:
    unused = NINE - timedelta(hours=11)

    assert not is_over(NINE, created_at=unused, seen_at=unused, idle=None, absolute=ABSOLUTE)


def test_a_use_is_noted_once_a_minute_and_more_often_under_a_short_limit() -> None:
    assert not worth_noting(NINE, NINE - timedelta(seconds=59), IDLE)
    assert worth_noting(NINE, NINE - timedelta(seconds=60), IDLE)
    assert worth_noting(NINE, NINE - timedelta(seconds=6), timedelta(minutes=1))


@pytest.mark.parametrize("target", ["/", "/board", "/patients?q=os&page=2", "/a%09b", "/p#top"])
def test_a_path_of_ours_is_our_own(target: str) -> None:
    assert is_own_address(target)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "board",
        "//evil.example",
        "///evil.example",
        "/\t/evil.example",
        "/\r\n/evil.example",
        "/\x00/evil.example",
        "\t//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "/a//evil.example",
        "/ /evil.example",
        "/\u200a/evil.example",
        "/" + "a" * 2000,
    ],
)
def test_what_a_browser_could_take_elsewhere_is_not(target: str) -> None:
    assert not is_own_address(target)
