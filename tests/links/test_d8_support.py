"""This file is about the support page: right after the answer, promising what is held (D8.6)."""

import pytest
from sqlalchemy.exc import OperationalError

from clinic.accounts.rules.duties import DutyKind
from clinic.core.acting import act_as
from clinic.core.db import ClinicSession
from clinic.instruments.queries import histories_of, open_safety
from clinic.links.actions import answer
from clinic.links.parts import KINDS, Part
from clinic.links.rules import Choice, PartRef, Question, Support
from tests.desk import NURSE_ID
from tests.links.conftest import DOCTOR_ID
from tests.links.room import FIELD, Phone, answers, on_duty, sent, words

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def told_of_item_9(phone: Phone, value: int = 1) -> str:
    """Answer up to item 9 with a low total, and read what comes."""
    phone.begin()
    return words(phone.answer_all(0, 0, 0, 0, 0, 0, 0, 0, value))


def numbers_in_order(said: str) -> list[str]:
    """The numbers to call, as they stand on the page."""
    names = ("Call the clinic", "Call the crisis line", "Emergency: 112")
    return sorted((name for name in names if name in said), key=said.index)


def test_an_answer_above_the_rule_is_on_the_clinics_list_when_the_page_says_so(
    phone, app, work, somebody, course_id
) -> None:
    with work(somebody):
        on_duty(DutyKind.IN_CHARGE, NURSE_ID)

    said = told_of_item_9(phone)

    assert phone.path == "/support/9"
    assert "Thank you for telling us" in said
    assert "You answered “Several days” to “Thoughts that you would be better off dead" in said
    assert "Your clinic has been notified Sent at 09:00." in said
    assert "A nurse or doctor calls you before 10:00 on the number ending in 41." in said
    assert numbers_in_order(said)[0] == "Call the clinic"
    with app.app_context(), act_as(somebody):
        (waiting,) = open_safety()
        assert waiting.use.response.course_id == course_id
        assert [one.finding.item for one in waiting.use.open] == ["9"]


@sqlite_only
def test_zero_asks_for_nothing(phone, app, somebody) -> None:
    told_of_item_9(phone, 0)

    assert phone.path == "/questions/10"
    with app.app_context(), act_as(somebody):
        assert open_safety() == []


@sqlite_only
def test_nothing_before_the_question_says_that_it_is_a_hard_one(phone) -> None:
    phone.begin()
    pages = [phone.answer(number, "0").text for number in range(1, 9)]

    assert pages[-1].count("class=") == pages[-2].count("class=")
    assert "alert" not in words(phone.page)
    assert "!" not in words(phone.page)


@sqlite_only
def test_after_hours_the_doctor_on_call_is_named_by_role_and_time(phone, work, somebody) -> None:
    with work(somebody):
        on_duty(DutyKind.ON_CALL, DOCTOR_ID)

    said = told_of_item_9(phone)

    assert "The doctor on call has been notified Sent at 09:00." in said
    assert "The doctor on call calls you before 10:00" in said


@sqlite_only
def test_with_nobody_on_the_cover_list_nothing_is_promised_and_crisis_lines_come_first(
    phone,
) -> None:
    said = told_of_item_9(phone)

    assert "Nobody at your clinic is on call at this hour" in said
    assert "calls you before" not in said
    assert "notified" not in said
    assert numbers_in_order(said)[:2] == ["Call the crisis line", "Emergency: 112"]


@sqlite_only
def test_where_the_cover_ends_before_the_call_no_time_is_promised(phone, work, somebody) -> None:
    with work(somebody):
        on_duty(DutyKind.IN_CHARGE, NURSE_ID, hours=0.5)

    said = told_of_item_9(phone)

    assert "Your clinic has been notified" in said
    assert "We cannot say when somebody calls." in said
    assert numbers_in_order(said)[0] == "Call the crisis line"


@sqlite_only
def test_back_takes_no_alert_away_and_a_changed_answer_is_a_second_one(
    phone, app, somebody, course_id
) -> None:
    told_of_item_9(phone)

    phone.answer(9, "0")

    assert answers(app, somebody)[-2:] == [("9", "1"), ("9", "0")]
    with app.app_context(), act_as(somebody):
        (use,) = histories_of(course_id)
        assert [row.said()["9"] for row in use.versions] == [1, 0]
        assert [one.finding.score for one in use.open] == [1]
    assert "Thank you for telling us" in words(phone.open("/support/9"))


@sqlite_only
def test_she_may_finish_there_and_the_last_button_says_so(phone, app, somebody, course_id) -> None:
    told_of_item_9(phone)

    buttons = phone.page.text.rpartition("<button")[2]
    assert ">Finish</button>" in buttons
    assert "Thank you, Maya" in words(phone.press("/finish"))
    with app.app_context(), act_as(somebody):
        assert len(open_safety()) == 1
        (use,) = histories_of(course_id)
        assert use.response.said()["9"] == 1


@sqlite_only
def test_the_last_question_says_finish_too(phone) -> None:
    phone.begin()
    phone.answer_all(0, 0, 0, 0, 0, 0, 0, 0, 0)

    assert ">Finish</button>" in phone.page.text
    assert ">Next</button>" not in phone.page.text


@sqlite_only
def test_what_could_not_be_stored_is_never_called_notified(
    phone, app, somebody, monkeypatch
) -> None:
    phone.begin()
    phone.answer_all(0, 0, 0, 0, 0, 0, 0, 0)
    phone.open("/questions/9")

    def gone(_self: ClinicSession) -> None:
        raise OperationalError("COMMIT", None, Exception("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(ClinicSession, "commit", gone)
        page = phone.press("/questions/9", answer="3")

    assert page.status_code == 503
    assert "We could not reach your clinic. Call now:" in words(page)
    assert numbers_in_order(words(page)) == [
        "Call the clinic",
        "Call the crisis line",
        "Emergency: 112",
    ]
    assert "notified" not in words(page)
    assert answers(app, somebody)[-1] == ("8", "0")
    phone.open("/support/9")
    assert phone.path == "/questions/9"


@sqlite_only
def test_numbers_that_we_did_not_sign_are_not_shown(phone, monkeypatch) -> None:
    phone.begin()
    token = dict(FIELD.findall(phone.page.text))["csrf_token"]

    def gone(_self: ClinicSession) -> None:
        raise OperationalError("COMMIT", None, Exception("disk full"))

    monkeypatch.setattr(ClinicSession, "commit", gone)
    page = phone.client.post(
        f"{phone.beginning}/questions/1",
        data={"csrf_token": token, "answer": "1", "kept_numbers": "eyJjbGluaWMiOiI2NjYifQ.forged"},
    )

    assert "666" not in page.text
    assert "call your emergency number" in page.text


@sqlite_only
def test_help_is_one_touch_away_on_every_page(phone) -> None:
    for page in (phone.open(), phone.begin(), phone.answer(1, "0"), phone.open("/help")):
        assert f'href="{phone.beginning}/help"' in page.text

    assert numbers_in_order(words(phone.page)) == [
        "Call the clinic",
        "Call the crisis line",
        "Emergency: 112",
    ]


@sqlite_only
def test_a_baby_hard_to_wake_puts_the_emergency_number_first_and_a_call_follows(
    app, work, somebody, course_id, monkeypatch
) -> None:
    told = []
    choices = (Choice("no", "No"), Choice("yes", "Yes", Support.EMERGENCY))
    asked = [
        Question("wake", "Is your baby hard to wake?", choices),
        Question("b", "And?", choices),
    ]
    part = Part("How you are", lambda *_: asked, lambda *_, **how: told.append((_[2], how)))
    monkeypatch.setitem(KINDS, "check-in", part)
    with work(somebody):
        on_duty(DutyKind.IN_CHARGE, NURSE_ID)
        link_id = sent(course_id, parts=[PartRef("check-in")]).id
    phone = Phone(app, link_id)
    phone.begin()

    said = words(phone.answer(1, "yes"))

    assert told == [({"wake": "yes"}, {"finished": False})]
    assert numbers_in_order(said)[0] == "Emergency: 112"
    assert "A nurse or doctor calls you before 11:00" in said
    phone.press("/finish")
    assert told[1] == ({"wake": "yes", "b": None}, {"finished": True})


@sqlite_only
def test_a_child_safety_item_in_the_middle_asks_for_support_and_she_may_go_on(
    app, work, somebody, course_id
) -> None:
    with work(somebody):
        link_id = sent(course_id, parts=[PartRef("scale", "PBQ", None, "day-28")]).id
    phone = Phone(app, link_id)
    phone.begin()
    with work(somebody):
        for place in range(17):
            answer(link_id, place, "0")

    phone.open("/questions/18")
    said = words(phone.press("/questions/18", answer="3"))

    assert phone.path == "/support/18"
    assert "Go on with the questions" in said
    with app.app_context(), act_as(somebody):
        assert [o.finding.item for o in open_safety()[0].use.open if o.finding.score] == ["18"]
