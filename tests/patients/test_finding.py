"""This file is about finding a patient: by name, date of birth or number, however it is typed."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from clinic.core.acting import act_as
from clinic.core.db import job
from clinic.patients.views.searching import turn
from tests.factories import make_patient


@pytest.fixture
def patients(work, somebody):
    with work(somebody):
        make_patient(
            number="HPC-0412",
            given_name="Maya",
            family_name="Torres",
            name_key="torres maya",
            born_on=date(1994, 6, 4),
        )
        make_patient(
            number="HPC-0405",
            given_name="Ruth",
            family_name="Levy",
            name_key="levy ruth",
            born_on=date(1992, 1, 9),
        )
        make_patient(
            number="HPC-0420",
            given_name="Åse",
            family_name="Sørensen",
            name_key="sorensen ase",
            born_on=date(1997, 11, 30),
            gave_birth_on=None,
        )


def names(page) -> list[str]:
    return re.findall(r'class="name"[^>]*>([^<]+)<', page.text)


def sought(desk, typed: str, **fields: str):
    """The page that a search comes to."""
    answer = desk.post("/patients", q=typed, **fields)
    assert answer.status_code == 303
    return desk.get(answer.location)


def test_the_list_shows_everybody_by_family_name(desk, patients):
    page = desk.get("/patients")

    assert page.status_code == 200
    assert names(page) == ["Ruth Levy", "Åse Sørensen", "Maya Torres"]
    assert "7 weeks" in page.text
    assert "31 y" in page.text


@pytest.mark.parametrize(
    "typed",
    [
        "torres",
        "Torres, Maya",
        "may tor",
        "hpc-0412",
        "hpc 0412",
        "hpc0412",
        "04 Jun 1994",
        "06/04/1994",
    ],
)
def test_the_only_one_who_fits_is_opened_at_once(desk, patients, typed):
    page = sought(desk, typed)

    assert page.request.path.count("/") == 2
    assert "Maya Torres" in page.text


def test_a_whole_number_is_hers_although_it_is_a_part_of_another(desk, patients, work, somebody):
    with work(somebody):
        make_patient(number="HPC-04", given_name="Ines", family_name="Duarte")

    page = sought(desk, "hpc-04")

    assert "Ines Duarte" in page.text


@pytest.mark.parametrize("typed", ["ase sorensen", "SØRENSEN"])
def test_accents_are_forgiven(desk, patients, typed):
    page = sought(desk, typed)

    assert "Åse Sørensen" in page.text


@pytest.mark.parametrize("typed", ["tores", "maya tornes"])
def test_a_slip_shows_the_nearest_name_and_opens_nobody(desk, patients, typed):
    page = sought(desk, typed)

    assert page.status_code == 200
    assert names(page) == ["Maya Torres"]
    assert "Nobody fits exactly" in page.text


def test_what_means_nobody_finds_nobody(desk, patients):
    for typed in ("zzz", "%", "_", "' OR 1=1 --", "😀", "a" * 10_000, "31.02.1994", "٣", "＃"):
        page = sought(desk, typed)

        assert page.status_code == 200
        assert names(page) == []
        assert "Nobody found" in page.text


def test_characters_that_cannot_be_seen_are_not_searched_for(desk, patients):
    assert len(names(sought(desk, "\0\1\u202e"))) == 3
    assert "Maya Torres" in sought(desk, "tor\0res").text


def test_a_list_while_typing_is_a_part_of_the_page_and_opens_nobody(desk, patients):
    page = desk.client.post(
        "/patients",
        data={"q": "torres", "csrf_token": desk.token()},
        headers={"HX-Request": "true"},
    )

    assert page.status_code == 200
    assert names(page) == ["Maya Torres"]
    assert "<html" not in page.text


def test_an_order_is_one_of_those_offered(desk, patients):
    """A01: sort or filter into SQL."""
    by_number = desk.get("/patients?sort=number")
    by_delivery = desk.get("/patients?sort=delivery")
    by_sql = desk.get("/patients?sort=name;DROP TABLE patient")

    assert names(by_number) == ["Ruth Levy", "Maya Torres", "Åse Sørensen"]
    assert names(by_delivery)[-1] == "Åse Sørensen"
    assert names(by_sql) == names(desk.get("/patients"))


def test_the_list_turns_its_page_after_fifty(desk, work, somebody):
    with work(somebody):
        for n in range(51):
            make_patient(
                number=f"N-{n:02}", family_name=f"Family{n:02}", name_key=f"family{n:02} maya"
            )

    first, second = desk.get("/patients"), desk.get("/patients?page=2")

    assert len(names(first)) == 50
    assert names(second) == ["Maya Family50"]
    assert "51 to 51 of 51" in second.text


def test_a_page_that_is_not_there_shows_one_that_is(desk, patients):
    for page in ("0", "-1", "99", "x", "1e9", "２", "9" * 40):
        assert len(names(desk.get(f"/patients?page={page}"))) == 3


def test_an_empty_clinic_says_so(desk):
    assert "No patients yet" in desk.get("/patients").text


def test_a_search_stays_inside_the_clinic(desk, patients, stranger):
    desk.somebody = stranger

    assert names(desk.get("/patients")) == []
    assert names(sought(desk, "torres")) == []
    assert names(sought(desk, "tores")) == []


def many(work, somebody, count: int) -> None:
    """So many women of one family."""
    with work(somebody):
        for n in range(count):
            make_patient(
                number=f"N-{n:02}", family_name=f"Family{n:02}", name_key=f"family{n:02} maya"
            )


def test_what_was_typed_stays_with_pages_filters_and_orders_and_in_no_address(desk, work, somebody):
    many(work, somebody, 51)

    first = sought(desk, "family")
    ways = [unescape(one) for one in re.findall(r'href="(/patients\?[^"]+)"', first.text)]

    assert 'value="family"' in first.text
    assert len(ways) >= 4
    assert [one for one in ways if "family" in one.lower()] == []
    for way in ways:
        assert 'value="family"' in desk.get(way).text
    older = next(one for one in ways if "page=2" in one)
    assert names(desk.get(older)) == ["Maya Family50"]


def test_the_address_of_a_search_opens_for_nobody_else(desk, patients, stranger):
    answer = desk.post("/patients", q="tores")
    assert 'value="tores"' in desk.get(answer.location).text

    altered = desk.get(answer.location[:-3] + "abc")
    by_hand = desk.get("/patients?sought=torres")
    desk.somebody = stranger
    others = desk.get(answer.location)

    for page in (altered, by_hand, others):
        assert page.status_code == 200
        assert 'id="q" name="q" type="search" value=""' in page.text


def test_searching_waits_after_three_hundred_in_five_minutes(desk, patients, stranger, clock):
    """ASVS 2.4.1."""
    for _ in range(300):
        with desk.app.app_context(), act_as(desk.somebody), job():
            assert turn() == timedelta(0)
    clock.advance(minutes=2)

    refused = desk.post("/patients", q="torres")

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "180")
    assert "At most 300 searches in 5 min. Try again in 3 min." in refused.text
    assert 'value="torres"' in refused.text
    with desk.app.app_context(), act_as(stranger), job():
        assert turn() == timedelta(0)
    clock.advance(minutes=3)
    assert "Maya Torres" in sought(desk, "torres").text
