"""Work for all clinics names one after the other; the lock of PostgreSQL is never taken off."""

from datetime import date

import pytest
from flask import Flask

from clinic.core.acting import Acting
from clinic.core.tenancy import NO_CLINIC
from clinic.reports.actions import order_export
from clinic.reports.rules.ordering import Order
from clinic.reports.rules.period import Period
from tests.conftest import Work
from tests.desk import somebody, stranger
from tests.factories import make_patient

__all__ = ["somebody", "stranger"]

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def two(app: Flask, work: Work, somebody: Acting, stranger: Acting, tmp_path) -> Flask:
    """Two clinics, each with a patient and a file that waits to be made."""
    app.config["EXPORT_FOLDER"] = str(tmp_path)
    for clinic in (somebody, stranger):
        with work(clinic):
            make_patient()
            order_export(Order(("sessions",), MARCH), "Audit")
    return app


def test_a_worker_makes_the_files_of_every_clinic(two: Flask) -> None:
    done = two.test_cli_runner().invoke(args=["worker", "--once"])

    assert (done.exit_code, done.output.splitlines()) == (
        0,
        ["harbour: an export is ready", "hill: an export is ready"],
    )


def test_what_falls_due_is_done_in_every_clinic(two: Flask) -> None:
    done = two.test_cli_runner().invoke(args=["tick"])

    assert done.exit_code == 0, done.output
    assert [line.partition(":")[0] for line in done.output.splitlines()] == ["harbour", "hill"]
    assert done.output.count("1 export made") == 2


def test_every_chain_is_walked_and_every_record_compared(
    two: Flask, somebody: Acting, stranger: Acting
) -> None:
    done = two.test_cli_runner().invoke(args=["audit", "verify"])

    assert done.exit_code == 0, done.output
    for chain_id in (somebody.clinic_id, stranger.clinic_id, NO_CLINIC):
        assert f"whole  chain {chain_id}" in done.output
