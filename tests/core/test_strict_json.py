"""This file is about JSON from outside: what is not plain is refused with a sentence."""

import pytest

from clinic.core.strict_json import BadJson, loads

TAKEN = {
    b'{"a": 1}': {"a": "1"},
    b'{"a": 1.50}': {"a": "1.50"},
    b'{"a": -0}': {"a": "-0"},
    b'{"a": 1e400}': {"a": "1e400"},
    b'{"a": "x", "b": [true, false, null]}': {"a": "x", "b": [True, False, None]},
    '{"a": "Zoë"}'.encode(): {"a": "Zoë"},
    b"[]": [],
    b'"text"': "text",
    b" {} ": {},
}


def test_numbers_stay_as_they_were_written() -> None:
    assert {body: loads(body) for body in TAKEN} == TAKEN


REFUSED = {
    "nothing": b"",
    "half a body": b'{"a": ',
    "two bodies": b"{} {}",
    "a comma too many": b'{"a": 1,}',
    "single quotes": b"{'a': 1}",
    "a comment": b"{} // x",
    "a name twice": b'{"a": 1, "a": 2}',
    "a name twice further down": b'{"b": [{"a": 1, "a": 1}]}',
    "not a number": b'{"a": NaN}',
    "infinity": b'{"a": Infinity}',
    "minus infinity": b'{"a": -Infinity}',
    "a number with a leading zero": b'{"a": 01}',
    "a bare control character": b'{"a": "\x00"}',
    "no UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "20,000 brackets": b"[" * 20_000 + b"]" * 20_000,
    "20,000 brackets that never close": b"[" * 20_000,
    "20,000 objects": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "brackets hidden behind closed ones": b"[]" * 100 + b"[" * 1000,
}


@pytest.mark.parametrize("body", REFUSED)
def test_it_is_refused_with_a_sentence(body: str) -> None:
    with pytest.raises(BadJson, match="Nothing was saved"):
        loads(REFUSED[body])


def test_nesting_is_taken_down_to_its_limit() -> None:
    """A31, A32: numbers past 64 bits, deep JSON."""
    loads(b"[" * 32 + b"]" * 32)
    with pytest.raises(BadJson, match="more than 32 deep"):
        loads(b"[" * 33 + b"]" * 33)


def test_a_very_long_number_stays_text() -> None:
    assert loads(b'{"a": ' + b"9" * 10_000 + b"}") == {"a": "9" * 10_000}
