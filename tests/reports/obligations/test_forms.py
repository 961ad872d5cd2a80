"""The form of a session: missing before the signature, filled from the log, sent, proved."""

import re
import uuid
from typing import Any

import pymupdf
import pytest
from outloud import check

from clinic.core.acting import act_as
from clinic.core.audit import AuditEvent
from clinic.core.db import apart, job
from clinic.core.permissions import Role
from clinic.reports.actions.obligations import switch_form
from tests.desk import Desk
from tests.instruments.test_register_pages import sent_raw
from tests.reports.obligations.conftest import ADDRESS
from tests.reports.obligations.made import FORM, PDF

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

SAID = {
    "f_sex": "Female",
    "f_first_treatment": "no",
    "f_provider_first_name": "Aiko",
    "f_provider_last_name": "Kimura",
    "f_provider_phone": "+1 555 0100",
    "f_provider_email": "nurse@clinic.example",
    "f_ready_minutes": "105",
    "f_in_range_before": "yes",
    "f_in_range_end": "yes",
    "f_respiratory_depression": "no",
}


def page_of(session_id: uuid.UUID) -> str:
    return f"/sessions/{session_id}/registry-form"


def plain(desk: Desk, address: str) -> str:
    """A page without its marks."""
    page = desk.get(address)
    assert page.status_code == 200, page.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def fill(desk: Desk, session_id: uuid.UUID) -> None:
    """Answer what a person answers, then fill the form."""
    assert desk.post(page_of(session_id), **SAID).status_code == 303
    answer = desk.post(page_of(session_id) + "/filled", gaps_because="The nurse has no address yet")
    assert answer.status_code == 303, answer.text


def send(desk: Desk, session_id: uuid.UUID, content: bytes | None = PDF, **typed: str) -> Any:
    """Write down that it was sent; None: without a proof."""
    said = {"sent_by": "fax", "sent_on": "2026-03-12", "reference": "C-17"} | typed
    address = page_of(session_id) + "/submissions"
    if content is None:
        return desk.post(address, **said)
    return sent_raw(desk, address, "proof", content, **said)


def test_what_is_missing_is_named_on_the_page_where_the_session_is_signed(desk, before_leaving):
    page = plain(desk, f"/sessions/{before_leaving}/discharge")

    assert "REMS patient monitoring form due Thu 19 Mar, in 7 days" in page
    assert "Missing: Sex (not answered)" in page
    assert "Vital signs acceptable before the dose (not answered)" in page
    assert "Comes with her leaving: Total minutes from the first device to leaving" in page


def test_a_clinic_that_switched_nothing_on_is_told_of_no_form(desk, observed, session_id):
    assert "REMS patient monitoring form" not in plain(desk, f"/sessions/{session_id}/discharge")
    assert desk.get(page_of(session_id)).status_code == 404
    assert "No form is due" in plain(desk, "/obligations")


def test_answers_can_be_given_before_the_signature_and_are_missing_no_more(desk, before_leaving):
    answer = desk.post(page_of(before_leaving), **SAID)

    assert answer.status_code == 303
    assert "Missing: Sex" not in plain(desk, f"/sessions/{before_leaving}/discharge")


def test_a_form_is_filled_only_from_a_signed_log(desk, before_leaving):
    desk.post(page_of(before_leaving), **SAID)

    answer = desk.post(page_of(before_leaving) + "/filled")

    assert answer.status_code == 409
    assert "Sign the session first" in answer.text


def test_a_form_with_gaps_is_filled_only_when_somebody_says_why(desk, signed):
    refused = desk.post(page_of(signed) + "/filled")

    assert refused.status_code == 422
    assert "Missing: Sex;" in refused.text
    assert "Say why they stay empty." in refused.text
    assert desk.post(page_of(signed) + "/filled", gaps_because="Closed").status_code == 303


def test_a_wrong_answer_is_said_beside_the_field_and_what_was_typed_is_kept(desk, signed):
    answer = desk.post(page_of(signed), **SAID | {"f_ready_minutes": "soon", "f_sex": "Male"})

    assert answer.status_code == 422
    assert 'value="soon"' in answer.text
    assert "a whole number between 0 and 1440" in answer.text


def test_the_printed_form_is_tagged_for_everybody_and_says_what_is_whose(desk, signed, tmp_path):
    fill(desk, signed)

    answer = desk.get(page_of(signed) + ".pdf")

    file = tmp_path / "form.pdf"
    file.write_bytes(answer.data)
    assert [one for one in check(str(file)).findings if one.severity == "error"] == []
    opened = pymupdf.open(stream=answer.data, filetype="pdf")
    text = " ".join("".join(page.get_text() for page in opened).split())
    assert "Total minutes from first device to completion of monitoring * 130" in text
    assert "Sex * Female (said by who filled it)" in text
    assert "Birth date * 05/02/1994" in text
    assert "Demonstration, not approved by a clinician" in text
    assert "Compare it with the current form before use" in text


def test_a_filled_form_keeps_the_version_on_which_it_was_filled(desk, signed):
    fill(desk, signed)
    with desk.app.app_context(), act_as(desk.somebody), job():
        switch_form(FORM, on=True, labels={}, values=ADDRESS | {"setting-city": "Elsewhere"})

    page = plain(desk, page_of(signed))

    assert "version 1 of this clinic" in page
    assert "Elsewhere" not in page
    assert "The record says something else" not in page
    desk.post(page_of(signed) + "/filled")
    page = plain(desk, page_of(signed))
    assert "version 2 of this session" in page
    assert "Elsewhere" in page


def test_a_form_is_on_the_list_until_it_is_sent_with_its_proof(desk, signed):
    assert "To fill" in plain(desk, "/obligations")
    fill(desk, signed)
    assert "Filled, to send" in plain(desk, "/obligations")

    assert send(desk, signed, content=None).status_code == 303
    assert "Sent, proof missing" in plain(desk, "/obligations")

    assert send(desk, signed).status_code == 303
    page = plain(desk, "/obligations")
    assert "No form is due" in page
    assert "Sent in time" in page


@pytest.mark.parametrize(
    ("typed", "content", "says"),
    [
        ({}, b"", "Choose a PDF, or a picture (PNG, JPEG)."),
        ({}, b"MZ\x90\x00 a program", "Choose a PDF, or a picture (PNG, JPEG)."),
        ({}, PDF + b" " * (5 * 1024 * 1024), "The file is larger than 5 MB."),
        ({"sent_on": "2026-03-11"}, PDF, "Enter a day from the treatment to today."),
        ({"sent_on": "2026-03-13"}, PDF, "Enter a day that is not after today."),
        ({"sent_by": ""}, PDF, "Choose how it was sent."),
    ],
)
def test_a_submission_that_cannot_be_is_refused_with_a_sentence(desk, signed, typed, content, says):
    fill(desk, signed)

    answer = send(desk, signed, content, **typed)

    assert answer.status_code == 422
    assert says in answer.text
    assert "Not sent yet." in plain(desk, page_of(signed))


def test_the_proof_comes_back_byte_for_byte_and_stands_in_no_trail(desk, signed):
    fill(desk, signed)
    send(desk, signed)
    [link] = re.findall(r'href="([^"]+/proof)"', desk.get(page_of(signed)).text)

    answer = desk.get(link)

    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with desk.app.app_context(), apart(write=False) as session:
        bodies = [event.body for event in session.query(AuditEvent)]
    assert not any("A confirmation." in body or '"sex": "Female"' in body for body in bodies)


def test_a_submission_entered_in_error_puts_the_form_back_on_the_list(desk, signed):
    fill(desk, signed)
    send(desk, signed)
    [link] = re.findall(r'action="([^"]+/error)"', desk.get(page_of(signed)).text)

    assert desk.post(link).status_code == 422
    assert desk.post(link, reason="The other form").status_code == 303

    assert "Filled, to send" in plain(desk, "/obligations")
    assert "Entered in error: The other form" in plain(desk, page_of(signed))
    assert desk.post(link, reason="Once more").status_code == 409


def test_an_administrator_switches_a_form_on_with_the_labels_of_the_clinic(desk, observed):
    desk.role = Role.ADMINISTRATOR
    sent = {"on": "y", "f_setting_city": "Portland", "f_sedation_onset": "Time of onset"}

    answer = desk.post(f"/settings/obligations/forms/{FORM}", **sent)

    assert answer.status_code == 303
    page = desk.get("/settings/obligations").text
    assert 'value="Portland"' in page
    assert 'value="Time of onset"' in page
    again = desk.post(f"/settings/obligations/forms/{FORM}", **sent)
    assert (again.status_code, "says the same already" in again.text) == (422, True)


def test_a_form_that_is_switched_off_is_asked_no_more(desk, before_leaving):
    desk.role = Role.ADMINISTRATOR
    assert desk.post(f"/settings/obligations/forms/{FORM}").status_code == 303
    desk.role = Role.NURSE

    assert "No form is due" in plain(desk, "/obligations")


def test_the_clocks_of_a_clinic_stand_beside_each_serious_event(desk, before_leaving, tell):
    felt = {"event": "onset", "term": "chest-pain", "severity": "severe", "serious": True}
    tell("11:32", kind="adverse-event", criterion="hospitalisation", **felt)
    desk.role = Role.ADMINISTRATOR
    sent = {"on_rems": "y", "days_rems": "2", "on_medwatch": "y"}
    assert desk.post("/settings/obligations/clocks", **sent).status_code == 303
    desk.role = Role.NURSE

    page = plain(desk, "/obligations/serious-events")

    assert "Chest pain , hospitalisation" in page
    assert "REMS, by 14 Mar 2026" in page
    assert "MedWatch or the national scheme, no time set by this clinic" in page
    assert "Nobody yet" in page
    assert "Serious events, 1 waits" in plain(desk, "/obligations")


def test_what_was_typed_and_not_kept_yet_is_neither_lost_nor_left_out_of_the_filled_form(
    desk, signed
):
    typed = {"f_provider_last_name": "Marchetti"}

    refused = desk.post(page_of(signed) + "/filled", **typed)

    assert refused.status_code == 422
    assert 'value="Marchetti"' in refused.text
    closed = desk.post(page_of(signed) + "/filled", gaps_because="Closed", **typed)
    assert closed.status_code == 303
    assert "Marchetti" in desk.get(page_of(signed)).text
