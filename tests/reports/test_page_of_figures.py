"""The page of figures: who sees it, each figure opens its list, names only for those who may."""

import json
import re

import pytest

from tests.accounts.browser import NURSE, Browser
from tests.reports.conftest import signed_in

pytestmark = [
    pytest.mark.usefixtures("treated"),
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]
MARCH = "from=2026-03-01&to=2026-03-31"
HREF = re.compile(r'href="(/reports/counted[^"]+)"')
SPEC = re.compile(r'<script type="application/json" id="([^"]+)">(.*?)</script>', re.S)


def test_the_administrator_sees_figures_and_exports_and_a_nurse_figures_alone(app, administrator):
    hers = administrator.get(f"/reports?{MARCH}")
    nurse = signed_in(app, NURSE).get(f"/reports?{MARCH}")

    assert (hers.status_code, nurse.status_code) == (200, 200)
    for page in (hers, nurse):
        assert "Patients treated" in page.text
        assert "Pressure at 40 minutes" in page.text
    assert "New export" in hers.text
    assert "New export" not in nurse.text


def test_every_figure_opens_the_list_of_what_it_counted(administrator: Browser):
    page = administrator.get(f"/reports?{MARCH}")
    links = {href.replace("&amp;", "&") for href in HREF.findall(page.text)}

    answers = {href: administrator.get(href).status_code for href in sorted(links)}

    assert len(links) > 30
    assert set(answers.values()) == {200}


def test_a_list_has_names_only_for_those_who_may_open_the_record(app, administrator):
    address = f"/reports/counted?figure=sessions&{MARCH}"

    hers, nurse = administrator.get(address), signed_in(app, NURSE).get(address)

    assert "Maya Osei" in nurse.text
    assert "Maya" not in hers.text
    assert "P-1001" not in hers.text
    assert "Session 1" in hers.text


def test_too_few_are_neither_told_as_a_share_nor_drawn(administrator: Browser):
    page = administrator.get(f"/reports?{MARCH}")
    specs = {name: json.loads(spec) for name, spec in SPEC.findall(page.text)}

    assert "Needs 5. 1 so far." in page.text
    assert "100 %</b>" not in page.text
    squares = [layer for panel in specs["chart-outcome"]["vconcat"] for layer in panel["layer"]]
    assert not [one for one in squares if one["mark"].get("style") == "dose"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("from=2026-03-31&to=2026-03-01", "Enter a last day that is not before the first day."),
        (f"{MARCH}&route=rectal", "Choose route from the list."),
        (f"{MARCH}&scale=HADS", "Choose scale from the list."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(administrator: Browser, asked, sentence):
    page = administrator.get(f"/reports?{asked}")

    assert page.status_code == 422
    assert sentence in page.text
    assert "Patients treated" not in page.text


@pytest.mark.parametrize("figure", ["", "nothing", "response:day-9", "effect:"])
def test_there_is_no_list_of_what_is_no_figure(administrator: Browser, figure):
    assert administrator.get(f"/reports/counted?figure={figure}&{MARCH}").status_code == 404


def test_a_cohort_counts_only_its_own(administrator: Browser):
    nasal = administrator.get(f"/reports?{MARCH}&route=nasal&medicine=esketamine")

    assert '<dd class="n"><a href' in nasal.text
    assert "figures as of" in nasal.text
