"""This file is about columns: what goes in comes out, and what is no such value never goes in."""

import uuid
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError

from clinic.core.db import ExactDecimal, UtcDateTime, db, new_id
from tests.conftest import Work
from tests.core.raw import intruder
from tests.core.trial import HERE, Colour, Ward


@pytest.mark.parametrize(
    "written", ["0.1", "2.50", "0.10000000000000000001", "123456789012345678", "-4", "1E+3", "0E-4"]
)
def test_a_decimal_comes_back_with_its_value(written: str, work: Work) -> None:
    with work(HERE):
        db.session.add(Ward(name="high", height=Decimal(written)))
    with work(HERE):
        found = db.session.scalar(select(Ward.height).where(Ward.name == "high"))

    assert found == Decimal(written)
    assert isinstance(found, Decimal)


@pytest.mark.parametrize("written", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_no_quantity_is_never_stored(written: str, work: Work) -> None:
    with pytest.raises(StatementError, match="not a quantity"), work(HERE):
        db.session.add(Ward(name="high", height=Decimal(written)))


def test_a_code_is_stored_as_its_code_and_nothing_else_is(work: Work, database_uri) -> None:
    with work(HERE):
        db.session.add(Ward(name="green", colour=Colour.GREEN))
    with work(HERE):
        green = db.session.scalars(select(Ward).where(Ward.colour == Colour.GREEN)).one()

    assert green.colour is Colour.GREEN
    with intruder(database_uri) as connection:
        stored = connection.execute("SELECT colour FROM trial_ward WHERE name = 'green'").fetchone()
        assert stored == ("deep-green",)
        with pytest.raises(Exception, match=r"(?i)check"):
            connection.execute("UPDATE trial_ward SET colour = 'GREEN'")


def test_another_code_is_refused(work: Work) -> None:
    with pytest.raises((StatementError, IntegrityError)), work(HERE):
        db.session.add(Ward(name="blue", colour="blue"))


class Dialect:
    """Only its name matters."""

    def __init__(self, name: str) -> None:
        self.name = name


DIALECTS = [Dialect("sqlite"), Dialect("postgresql")]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_moment_goes_in_and_comes_out_in_utc(dialect: Dialect) -> None:
    column = UtcDateTime()
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))

    stored = column.process_bind_param(summer, dialect)
    back = column.process_result_value(stored, dialect)

    assert back == summer
    assert back.tzinfo is UTC
    assert (
        column.process_bind_param(None, dialect),
        column.process_result_value(None, dialect),
    ) == (
        None,
        None,
    )


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_moment_without_a_zone_is_refused(dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="naive datetime"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 12, 9), dialect)  # noqa: DTZ001


def test_nothing_stays_nothing_for_decimals() -> None:
    for dialect in DIALECTS:
        assert ExactDecimal().process_bind_param(None, dialect) is None
        assert ExactDecimal().process_result_value(None, dialect) is None


def test_keys_are_made_in_the_order_of_time_and_never_twice() -> None:
    keys = [new_id() for _ in range(5000)]

    assert keys == sorted(keys)
    assert len(set(keys)) == 5000
    assert {key.version for key in keys} == {7}
    assert {key.variant for key in keys} == {uuid.RFC_4122}
    assert all(type(key) is uuid.UUID for key in keys)


def test_a_key_survives_the_database_as_it_is(work: Work) -> None:
    key = uuid.UUID("01950000-0000-7000-8000-00000000e001")
    with work(HERE):
        db.session.add(Ward(id=key, name="known"))
    with work(HERE):
        assert db.session.get(Ward, key).name == "known"
