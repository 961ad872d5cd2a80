"""This file is about the page of a contact: what is asked, refused, and must be answered."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic.core.acting import act_as
from clinic.core.db import db
from clinic.core.signatures import DocumentVersion
from clinic.followups import queries
from clinic.followups.rules import State
from clinic.instruments.queries import responses_of
from tests.followups.room import CALL_AT, CALM, T0, dosed_course, effect, words

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

MODERATE = {"1": 1, "2": 1, "3": 1, "4": 0, "5": 0, "6": 0}


def test_a_calm_call_is_done_and_stands_in_the_plan(desk, screened, state):
    answer = desk.post(screened, **CALM)

    assert answer.status_code == 303, words(answer.text)
    assert state() is State.DONE
    page = words(desk.get(answer.location).text)
    assert "No side effects since. Bladder: none." in page
    assert "Done since yesterday 1" in words(desk.get("/follow-ups").text)


def test_without_the_screener_the_call_is_not_done_unless_a_reason_says_why(desk, at_the_call):
    refused = desk.post(at_the_call, **CALM)

    assert refused.status_code == 422
    assert "Ask the C-SSRS first, or write why it was not asked." in refused.text
    said = {"screen_reason": "Her mother listens", "told": "Dr Okafor, 09:41"}
    saved = desk.post(at_the_call, **CALM | said | {"next_step": "call-again"}, next_try_at="")
    assert "Enter when it is tried again, at the latest Thu 12 Mar 2026, 13:30." in saved.text
    again = {"next_step": "call-again", "next_try_at": "2026-03-12T12:00"}
    assert desk.post(at_the_call, **CALM | said | again).status_code == 303
    assert "C-SSRS not asked: Her mother listens" in words(desk.get("/follow-ups").text)


def test_the_screener_is_answered_in_the_form_and_what_was_not_asked_is_not_stored_as_no(
    desk, at_the_call, state, course_id
):
    said = CALM | {"screen-item_1": "0", "screen-item_2": "0"}
    open_still = desk.post(at_the_call, **said)
    assert open_still.status_code == 422
    assert "C-SSRS: choose what is missing" in open_still.text

    assert desk.post(at_the_call, **said | {"screen-item_6": "0"}).status_code == 303

    assert state() is State.DONE
    with desk.app.app_context(), act_as(desk.somebody):
        [use] = responses_of(course_id)
    assert use.response.said() == {"1": 0, "2": 0, "6": 0}
    assert use.triage.level == "negative"


def test_a_screener_above_low_in_the_form_closes_as_planned_and_stores_nothing_yet(
    desk, at_the_call, course_id
):
    yes = {f"screen-item_{n}": "1" if n in "123" else "0" for n in "123456"}

    refused = desk.post(at_the_call, **CALM | yes)

    assert "“As planned” is closed: C-SSRS moderate." in refused.text
    for n, value in yes.items():
        assert re.search(f'name="{n}"[^>]*value="{value}" checked', refused.text), n
    with desk.app.app_context(), act_as(desk.somebody):
        assert responses_of(course_id) == []


def test_a_moderate_screen_closes_as_planned(desk, at_the_call, screen, state):
    screen(MODERATE)

    refused = desk.post(at_the_call, **CALM)

    assert refused.status_code == 422
    assert "“As planned” is closed: C-SSRS moderate." in refused.text
    assert state() is State.DUE
    today = CALM | {"next_step": "psychiatrist-today"}
    assert desk.post(at_the_call, **today).status_code == 303
    assert "Needs a response 1" in words(desk.get("/follow-ups").text)


def test_an_infant_concern_asks_who_was_told_and_waits_for_a_written_response(
    desk, screened, clock
):
    sleepy = CALM | {"q_hard-to-wake": "yes", "next_step": "psychiatrist-today"}
    refused = desk.post(screened, **sleepy)
    assert "Write who was told of it, and when." in refused.text
    desk.post(screened, **sleepy | {"told": "Dr Okafor, 09:41"})

    said = words(desk.get("/follow-ups").text)
    assert "Needs a response 1" in said
    assert "Hard to wake, or sleepier than usual" in said
    assert "2 h 0 answer by 11:40" in said
    clock.now = CALL_AT + timedelta(hours=2, minutes=5)
    page = desk.get("/follow-ups").text
    assert "5 min overdue" in words(page)
    address = re.search(r'href="(/contacts/[^"]+/response)"', page).group(1)
    assert desk.post(address, text="").status_code == 422
    assert "Needs a response 1" in words(desk.get("/follow-ups").text)
    done = {"step": "infant-protected", "text": "Seen by paediatrics, well"}
    early = desk.post(address, **done, done_at="2026-03-12T09:00")
    assert "Enter a time after the contact, Thu 12 Mar 2026, 09:35." in early.text
    answer = desk.post(address, **done, done_at="2026-03-12T11:00")
    assert answer.status_code == 303
    said = words(desk.get(answer.location).text)
    assert "Care or protection of the child arranged, Thu 12 Mar 2026, 11:00." in said
    assert "Nobody waits for a response." in words(desk.get("/follow-ups").text)
    assert desk.post(address, **done, done_at="2026-03-12T11:00").status_code == 409


def test_what_she_said_is_signed_with_the_password_and_no_draft_keeps_it(desk, screened, state):
    refused = desk.post(screened, **CALM | {"password": "wrong"})
    assert refused.status_code == 422
    assert "Enter your own password to sign." in refused.text
    desk.post(f"{screened}/draft", **CALM)
    assert 'value="right"' not in desk.get(screened).text
    assert state() is State.DUE

    desk.post(screened, **CALM)

    with desk.app.app_context(), act_as(desk.somebody):
        [signed] = db.session.scalars(select(DocumentVersion)).all()
    assert (signed.kind, signed.signed_by_name) == ("contact", "Aiko Kimura")
    assert signed.content()["answers"]["bladder"] == "none"


def test_a_warning_sign_leaves_nothing_but_the_emergency(desk, screened):
    said = CALM | {"q_warning": "yes", "told": "Dr Okafor, 09:41"}

    refused = desk.post(screened, **said | {"next_step": "psychiatrist-today"})

    assert "Choose emergency, and call the psychiatrist" in refused.text
    assert desk.post(screened, **said | {"next_step": "emergency"}).status_code == 303


def test_d8_2_another_date_of_birth_stores_nothing_and_keeps_what_was_typed(desk, screened, state):
    refused = desk.post(screened, **CALM | {"born_on": "1990-01-01", "note": "slept well"})

    assert refused.status_code == 422
    assert "This is not the date in her record." in refused.text
    assert "slept well" in refused.text
    assert state() is State.DUE


def test_when_somebody_else_answers_only_the_next_try_is_stored(desk, at_the_call, state):
    tried = CALM | {"reached": "somebody-else", "next_try_at": "2026-03-12T11:00"}

    assert desk.post(at_the_call, **tried).status_code == 303

    assert state() is State.DUE
    assert "Bladder" not in desk.get(at_the_call.replace("/24-hours/1/contact", "")).text
    said = words(desk.get("/follow-ups").text)
    assert "Call, 1 try" in said
    assert "somebody else answered 09:35, next try Thu 12 Mar 11:00" in said


@pytest.mark.parametrize(
    ("try_at", "says"),
    [
        ("2026-03-12T13:30", None),
        ("2026-03-12T13:31", "The window ends Thu 12 Mar 2026, 13:30."),
        ("2026-03-12T09:35", "Enter a time after this contact."),
    ],
)
def test_the_next_try_lies_inside_the_window(desk, at_the_call, try_at, says):
    tried = CALM | {"reached": "no-answer", "next_try_at": try_at}

    answer = desk.post(at_the_call, **tried)

    assert answer.status_code == (422 if says else 303)
    assert says is None or says in answer.text


def test_a_call_before_its_window_does_not_settle_it(desk, screened, state):
    early = CALM | {"contacted_at": "2026-03-12T07:59"}

    refused = desk.post(screened, **early)

    assert refused.status_code == 422
    assert "It opens Thu 12 Mar 2026, 08:00." in refused.text
    assert state() is State.DUE
    assert desk.post(screened, **early | {"contacted_at": "2026-03-12T08:00"}).status_code == 303


def test_nothing_is_preselected_and_every_answer_is_asked_for(desk, screened):
    refused = desk.post(
        screened, contacted_at="2026-03-12T09:35", how="call", reached="yes", born_on="1994-05-02"
    )

    assert refused.status_code == 422
    assert "Choose an answer for nausea." in refused.text
    assert "Choose an answer for the bladder." in refused.text
    assert len(set(re.findall(r"Choose an answer: [^<]+", refused.text))) >= 6
    assert "Choose the next step." in refused.text


def test_side_effects_of_the_session_come_first_with_how_they_were(
    desk, at_the_call, app, nurse, course_id
):
    effect(app, nurse, course_id, "paraesthesia", T0 + timedelta(minutes=20))

    page = desk.get(at_the_call).text

    assert "mild not ended then" in page
    assert page.index("Paraesthesia") < page.index("Dizziness")


def test_phq_9_and_epds_are_not_offered_at_24_hours_and_the_page_says_why(desk, at_the_call):
    said = words(desk.get(at_the_call).text)

    assert "EPDS looks back 7 days, PHQ-9 looks back 2 weeks" in said
    assert "MADRS, 24-hour version" in said


def test_the_agreed_pause_stands_with_its_only_words(desk, at_the_call):
    said = words(desk.get(at_the_call).text)

    assert "Agreed pause ended Wed 11 Mar 21:35" in said


@pytest.fixture
def call_of(app, nurse, clock):
    """`call_of(feeding)`: the address of the call to another woman, whose infant is fed so."""

    def made(feeding: str | None) -> str:
        course_id = dosed_course(app, nurse, T0, feeding=feeding, number="P-2")
        clock.now = CALL_AT
        return f"/courses/{course_id}/follow-ups/24-hours/1/contact"

    return made


@pytest.mark.parametrize(("feeding", "asked"), [("formula", False), ("mixed", True), (None, True)])
def test_feeding_is_asked_unless_it_is_known_that_her_milk_is_not_given(
    desk, call_of, feeding, asked
):
    page = desk.get(call_of(feeding)).text

    assert ("q_feeding" in page) is asked
    assert ("Agreed pause" in page) is (feeding == "mixed")


def test_without_an_infant_nothing_is_asked_of_one(desk, call_of):
    page = desk.get(call_of("no infant")).text

    assert "No infant on record" in page
    assert "q_harm" not in page


def test_what_is_typed_is_kept_for_its_author_alone(desk, at_the_call):
    desk.post(f"{at_the_call}/draft", note="rang twice", contacted_at="nonsense")

    page = desk.get(at_the_call).text

    assert "rang twice" in page
    assert "nonsense" in page
    assert "Draft saved 09:40" in page


def test_a_correction_stands_beside_the_first_version(desk, screened, app, nurse, course_id):
    desk.post(screened, **CALM)
    with app.app_context(), act_as(nurse):
        (first,) = [made.contact.id for made in queries.contacts_of(course_id)]
    address = f"/contacts/{first}/correct"
    changed = CALM | {"effect_nausea": "mild"}

    assert 'value="none" checked' in desk.get(address).text
    assert desk.post(address, **changed).status_code == 422
    assert desk.post(address, **changed, reason="heard wrongly").status_code == 303
    assert desk.post(address, **changed, reason="once more").status_code == 409

    said = words(desk.get(f"/courses/{course_id}/follow-ups").text)
    assert "Nausea, mild" in said
    assert "Corrected: heard wrongly." in said
    assert said.count("reached") == 1
