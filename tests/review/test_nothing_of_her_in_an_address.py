"""No address carries who a patient is: no link, form or redirect of any page (ASVS 14.2.1)."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.patients.models import Patient
from tests.review.walk import address, rules, said, who_may

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

NUMBER, GIVEN, FAMILY, PHONE, EMAIL = (
    "HPC-7Q7",
    "Xanthe",
    "Quillfeather",
    "5550142",
    "xq@mail.example",
)
OF_HER = (NUMBER, GIVEN, FAMILY, PHONE, EMAIL)
LEADS = re.compile(
    r'\b(?:href|src|action|formaction|poster|cite|hx-[a-z]+|data-[a-z-]+)="(/[^"]*|\?[^"]*)"'
)
SHOWN_ONLY = ("core.components",)  # shows how forms look; they lead nowhere
BY_GET = re.compile(r'<form(?![^>]*method="post")[^>]*>.*?</form>', re.S)
TYPED = re.compile(
    r'<(?:input(?![^>]*type="(?:hidden|checkbox|radio|date|number|submit)")|textarea)[^>]*name="(\w+)"'
)


@pytest.fixture
def her(app, somebody, ours):
    """The patient of the clinic, with all that she could be known by."""
    with app.app_context(), act_as(somebody), job():
        patient = db.session.get_one(Patient, ours["patient_id"])
        patient.number, patient.given_name, patient.family_name = NUMBER, GIVEN, FAMILY
        patient.name_key, patient.phone, patient.email = "quillfeather xanthe", PHONE, EMAIL
    return ours


def of_her_in(where: str) -> list[str]:
    """What an address tells of her."""
    plain = unquote(unescape(where)).casefold()
    return [one for one in OF_HER if one.casefold() in plain]


def test_no_link_form_or_redirect_of_any_page_says_who_she_is(app, staff, her) -> None:
    pages, typed = 0, set()

    for rule in rules(app, "GET"):
        if "." in rule.rule or rule.endpoint in SHOWN_ONLY:
            continue
        page = who_may(app, staff, rule).get(address(rule, her))
        text = said(page)
        assert not of_her_in(page.headers.get("Location", "")), rule
        if page.mimetype != "text/html":
            continue
        pages += FAMILY in text or NUMBER in text
        assert [one for one in LEADS.findall(text) if of_her_in(one)] == [], rule
        typed |= {
            (rule.endpoint, name) for form in BY_GET.findall(text) for name in TYPED.findall(form)
        }

    assert pages >= 30
    assert typed == set(), "what somebody types into it would stand in an address"


@pytest.mark.parametrize("typed", [FAMILY, "quilfether", NUMBER.lower(), PHONE, EMAIL])
def test_a_search_for_her_comes_to_an_address_without_her(app, staff, her, typed) -> None:
    client = who_may(
        app, staff, next(one for one in rules(app, "POST") if one.endpoint == "patients.search")
    )
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/patients").text)[1]

    answer = client.post("/patients", data={"q": typed, "csrf_token": token})

    assert answer.status_code == 303
    assert of_her_in(answer.location) == []
    assert "quil" not in answer.location
    assert FAMILY in client.get(answer.location).text
