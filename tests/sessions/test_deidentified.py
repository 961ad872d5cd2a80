"""The record without names: who may take it, what is left out, what the trail says."""

import json
import re

import pymupdf
import pytest

from clinic.core.audit import AuditEvent
from clinic.core.db import apart, job
from clinic.core.permissions import Role
from tests.accounts.browser import Browser
from tests.factories import make_user
from tests.sessions.story import Morning, morning

__all__ = ["morning"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ADMINISTRATOR, PSYCHIATRIST = "administrator@clinic.example", "psychiatrist@clinic.example"


def seated(morning: Morning, email: str) -> Browser:
    """Somebody else's browser."""
    browser = Browser(morning.app)
    browser.sign_in(email)
    return browser


def paper(answer) -> str:
    """What a PDF says."""
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    with pymupdf.open(stream=answer.data, filetype="pdf") as pages:
        about = " ".join(str(value) for value in pages.metadata.values())
        return " ".join(("".join(one.get_text() for one in pages) + about).split())


def test_nothing_says_who_she_is_and_the_trail_says_who_took_it(morning: Morning) -> None:
    with morning.app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR, full_name="Ada Byron")
    morning.until("10:01")
    morning.sent("10:02", "note", text="Maya asks for her son")
    morning.sent("10:03", "transition", event="left-against-advice", text="Her son is ill")
    desk = seated(morning, ADMINISTRATOR)

    form = f"{morning.address}/record/deidentified"
    page = desk.get(form).text
    said = paper(desk.post(form, page=form, purpose="Case conference", size="a4"))

    assert "Maya" not in page
    for word in ("Maya", "Osei", "1994", "penicillin", "Aiko", "Kimura", "Harbour", "2026", "Mar"):
        assert word not in said, word
    assert "(words left out)" in said
    assert re.search(r"126/80 .*\bAK\b", said)
    with morning.app.app_context(), apart(write=False) as session:
        events = [json.loads(e.body) for e in session.query(AuditEvent).filter_by(action="export")]
    assert [event["detail"]["purpose"] for event in events] == ["Case conference"]
    assert events[0]["detail"]["words"] is False


def test_typed_words_are_printed_for_who_has_read_them_and_a_purpose_is_asked(
    morning: Morning,
) -> None:
    morning.check_in()
    morning.sent("09:11", "note", text="Lights low")
    desk, form = seated(morning, PSYCHIATRIST), f"{morning.address}/record/deidentified"

    empty = desk.post(form, page=form, size="a4", words="y")
    said = paper(desk.post(form, page=form, size="letter", words="y", purpose="Teaching"))

    assert empty.status_code == 422
    assert "Enter what it is for." in empty.text
    assert "Lights low" in said
    assert f'href="{form}"' in desk.get(morning.address).text


def test_an_administrator_finds_it_by_its_id_and_a_nurse_may_not(morning: Morning) -> None:
    with morning.app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR, full_name="Ada Byron")
    desk, by_id = seated(morning, ADMINISTRATOR), "/sessions/deidentified"

    found = desk.post(by_id, page=by_id, session_id=str(morning.session_id))
    unknown = desk.post(by_id, page=by_id, session_id="01950000-0000-7000-8000-00000000ffff")

    assert found.location == f"{morning.address}/record/deidentified"
    assert unknown.status_code == 422
    assert "There is no such session in this clinic." in unknown.text
    assert morning.page("/record/deidentified").status_code == 403
    assert "/record/deidentified" not in morning.page().text
