"""This file is about which PINs will do, and what a wrong one is told."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.accounts.rules.pins import (
    WRONG_PINS,
    is_known,
    pin_weakness,
    wrong_pin_in_words,
)

NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize("pin", ["4817", "73914", "604918", "0147", "9305"])
def test_four_to_six_digits_that_say_nothing_will_do(pin):
    assert pin_weakness(pin, 2026) is None


@pytest.mark.parametrize("pin", ["", "481", "4817260", "48l7", "４８１７", "48 17", "-481", "4٣17"])
def test_anything_but_four_to_six_digits_is_refused(pin):
    assert pin_weakness(pin, 2026) == "Use 4 to 6 digits."


@pytest.mark.parametrize("pin", ["0000", "77777", "121212", "1212", "123123", "909090"])
def test_repeats_are_refused(pin):
    assert "easy to guess" in str(pin_weakness(pin, 2026))


@pytest.mark.parametrize("pin", ["1234", "4321", "7890", "0123", "654321", "2580", "0987"])
def test_runs_and_the_middle_column_are_refused(pin):
    assert "easy to guess" in str(pin_weakness(pin, 2026))


@pytest.mark.parametrize("pin", ["1994", "2026", "1901", "199405", "051994", "201112"])
def test_a_year_of_birth_is_refused_alone_or_with_its_month(pin):
    assert "looks like a year" in str(pin_weakness(pin, 2026))


@pytest.mark.parametrize("pin", ["2027", "1899", "199413", "131994"])
def test_what_is_no_year_of_anybody_alive_will_do(pin):
    assert pin_weakness(pin, 2026) is None


def test_a_full_sign_in_lasts_a_shift():
    shift = timedelta(hours=12)

    assert is_known(NOW - shift + timedelta(seconds=1), NOW, shift)
    assert not is_known(NOW - shift, NOW, shift)


def test_a_wrong_pin_is_told_how_many_tries_are_left():
    told = [wrong_pin_in_words(wrong) for wrong in range(1, WRONG_PINS + 1)]

    assert told == [
        "PIN is not right, 3 tries left.",
        "PIN is not right, 2 tries left.",
        "PIN is not right, 1 try left.",
        "PIN is not right. Sign in with the password now.",
    ]
