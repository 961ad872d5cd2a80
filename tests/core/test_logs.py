"""The log says which page, when and how it ended; no name, no value, no address, no second line."""

import json
import logging
import sys

import pytest
from sqlalchemy.exc import IntegrityError

from clinic.core.logs import JsonFormatter
from tests.core.conftest import sqlite_only


def line(logger: str, says: str, *filled: object, fault: BaseException | None = None) -> dict:
    """What is written for one record."""
    info = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.LogRecord(logger, logging.ERROR, "x.py", 1, says, filled, info)
    written = JsonFormatter().format(record)
    assert "\n" not in written
    return json.loads(written)


def raised(kind: type[Exception], says: str) -> Exception:
    """An exception as it is caught, with what caused it."""
    try:
        try:
            raise kind(says)
        except kind as cause:
            raise RuntimeError(f"because of {says}") from cause
    except RuntimeError as fault:
        return fault


def test_a_line_break_begins_no_second_line() -> None:
    written = line("clinic", "tick: %s could not be finished", 'x\n{"level": "info"}\r\n')

    assert written["says"] == 'tick: x\n{"level": "info"}\r\n could not be finished'
    assert written["level"] == "error"


def test_a_fault_is_its_kind_and_its_places_never_its_words() -> None:
    fault = raised(ValueError, "Zephyrine, born 1994-03-02")

    written = line("clinic", "error %s", "ab12", fault=fault)

    assert [one["kind"] for one in written["fault"]] == ["RuntimeError", "ValueError"]
    assert "test_logs.py" in written["fault"][0]["where"][0]
    assert "Zephyrine" not in json.dumps(written)


def test_a_row_that_the_database_quotes_is_not_in_the_log() -> None:
    class Quoting(Exception):
        sqlstate = "23502"

    cause = Quoting("DETAIL: Failing row contains (Zephyrine, +353 1 234)")
    fault = IntegrityError("INSERT INTO patient VALUES (?)", {"given_name": "Zephyrine"}, cause)
    try:
        raise fault from cause
    except IntegrityError:
        written = line("clinic", "error", fault=sys.exception())

    assert "Zephyrine" not in json.dumps(written)
    assert written["fault"][1]["code"] == "23502"


def test_a_library_says_its_own_words_alone() -> None:
    written = line("weasyprint", "ignored %s", "Zephyrine")

    assert written["says"] == "ignored %s"


def test_the_server_does_not_name_the_address_of_a_private_link() -> None:
    written = line("gunicorn.error", "Error handling request %s", "/a/Xk3-secret-token")

    assert "secret-token" not in written["says"]


@sqlite_only
def test_each_request_is_one_line_with_its_page_and_no_address(nurse, caplog) -> None:
    with caplog.at_level(logging.INFO, logger="clinic.requests"):
        answer = nurse.get("/trial/token?q=Zephyrine")

    [record] = [one for one in caplog.records if one.name == "clinic.requests"]
    written = json.loads(JsonFormatter().format(record))
    assert written["endpoint"] == "trial.token"
    assert (written["method"], written["status"]) == ("GET", answer.status_code)
    assert written["ms"] >= 0
    assert "Zephyrine" not in json.dumps(written)


@sqlite_only
@pytest.mark.parametrize("word", ["given_name", "q=", "/trial"])
def test_the_line_of_a_request_holds_nothing_that_was_sent(nurse, caplog, word) -> None:
    with caplog.at_level(logging.INFO):
        nurse.post("/trial/nowhere", json={"given_name": "Zephyrine"})

    assert word not in "".join(JsonFormatter().format(one) for one in caplog.records)
