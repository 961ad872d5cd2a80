"""What administrators see of a period (definitions D8.8): counts, small ones not shown."""

import re
from datetime import timedelta

import pytest

from clinic.reports.rules import Figure, tally
from clinic.reports.rules.figures import most_at_once
from clinic.sessions.rules import log
from tests.accounts.browser import Browser
from tests.reports.conftest import signed_in
from tests.reports.made import T0, common, effect, left, number, record, spray

DOCTOR_ID = number(900)


def order(n: int) -> log.Order:
    """An order by phone."""
    said = {"event": log.OrderEvent.GIVEN, "ordered_by_id": DOCTOR_ID, "read_back": True}
    return log.Order(**common(n, -20), text="84 mg", **said)


def on_site(n: int, answer: str) -> log.Check:
    """Whether a prescriber is on site."""
    return log.Check(**common(n, -15), item="prescriber-on-site", answer=log.Answer(answer))


def counts(*sessions) -> dict[str, int]:
    """Code -> count, before small ones are hidden."""
    return {figure.code: figure.count for figure in tally([sessions]).figures}


def test_d8_8_sessions_without_a_prescriber_on_site_are_those_that_do_not_say_yes():
    named = record(on_site(1, "yes"), spray(2, 0))
    missing = record(on_site(1, "no"), spray(2, 0))
    never_asked = record(spray(1, 0))

    assert counts(named)["nobody-on-site"] == 0
    assert counts(named, missing, never_asked)["nobody-on-site"] == 2


def test_d8_8_an_order_is_open_until_it_is_countersigned():
    signature = log.Countersigned(number(1), DOCTOR_ID, T0 + timedelta(minutes=150))
    done = record(order(1), countersigned=(signature,))
    still = record(order(1), spray(2, 0))

    [figure] = [f for f in tally([[done, still]]).figures if f.code == "open-orders"]

    assert (figure.count, figure.of) == (1, 2)


def test_d8_8_a_device_that_is_not_accounted_for_is_counted_with_its_session():
    opened = {"event": log.SupplyEvent.OPENED, "device_number": 1}
    lost = record(
        log.Supply(**common(1, -5), **opened),
        log.Supply(**common(2, -4), **opened | {"device_number": 2}),
        spray(3, 0, device_number=1),
        left(4, 125),
    )
    whole = record(spray(1, 0, device_number=1), left(2, 125))

    found = counts(lost, whole)

    assert found["unaccounted"] + found["not-worked-out"] == 1


def test_d8_8_serious_events_are_counted_also_without_a_dose():
    serious = {"term": "chest-pain", "serious": True, "criterion": "hospitalisation"}

    found = tally([[record(effect(1, -5, **serious))]])

    assert (found.serious, found.doses) == (1, 0)


@pytest.mark.parametrize(
    ("spans", "most"), [([], 0), ([(0, 2), (1, 3), (2, 4)], 2), ([(0, 9), (1, 8), (2, 3)], 3)]
)
def test_d8_8_how_many_one_person_answered_for_at_once(spans, most):
    hours = [(T0 + timedelta(hours=a), T0 + timedelta(hours=b)) for a, b in spans]

    assert most_at_once(hours) == most


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        (0, 31, ("0", "of 31")),
        (1, 31, ("fewer than 5", "of 31")),
        (4, 4, ("fewer than 5", "")),
        (5, 31, ("5", "of 31")),
    ],
)
def test_d8_8_a_small_count_is_not_shown(count, of, shown):
    figure = Figure("serious", "Serious events", count, of)

    assert (figure.shown, figure.among) == shown


@pytest.mark.usefixtures("treated")
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_d8_8_the_page_shows_a_period_and_refuses_one_that_cannot_be(
    app, people, administrator: Browser
):
    page = administrator.get("/reports/figures?from=2026-03-01&to=2026-03-31")
    backwards = administrator.get("/reports/figures?from=2026-03-31&to=2026-03-01")
    nurse = signed_in(app, "nurse@clinic.example").get("/reports/figures")

    assert page.status_code == 200
    assert "1 session with a dose" in page.text
    [cell] = re.findall(r'id="figure-nobody-on-site">.*?<td class="r">(.*?)</td>', page.text, re.S)
    assert cell == "fewer than 5"
    assert backwards.status_code == 422
    assert "Enter a last day that is not before the first day." in backwards.text
    assert nurse.status_code == 403
