"""This file is about the pages of follow-ups: the list, the plan, a call, what must be answered."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from clinic.core.acting import act_as
from clinic.core.permissions import Role
from clinic.followups import queries
from clinic.followups.rules import State
from clinic.instruments.actions import record_response
from clinic.instruments.models import Way
from clinic.instruments.rules import MomentCode
from tests.followups.room import T0, dosed_course, effect

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

CALL_AT = datetime(2026, 3, 12, 9, 40, tzinfo=UTC)
EFFECTS = (
    *("dizziness", "dissociation", "nausea", "vomiting", "headache", "anxiety", "sedation"),
    *("blood-pressure-increased", "other"),
)
CALM = {
    "contacted_at": "2026-03-12T09:35",
    "how": "call",
    "reached": "yes",
    "born_on": "1994-05-02",
    "bladder": "none",
    "next_step": "as-planned",
    **{f"effect_{code}": "none" for code in EFFECTS},
    **{
        f"q_{code}": "no"
        for code in ("warning", "hard-to-wake", "feeding", "breathing", "colour", "harm")
    },
}
NEGATIVE = {"1": 0, "2": 0, "6": 0}
MODERATE = {"1": 1, "2": 1, "3": 1, "4": 0, "5": 0, "6": 0}


@pytest.fixture
def at_the_call(clock, course_id) -> str:
    """It is 09:40 on the day after the dose; the address of her 24-hour call."""
    clock.now = CALL_AT
    return f"/courses/{course_id}/follow-ups/24-hours/1/contact"


@pytest.fixture
def screen(work, nurse, at_the_call, course_id):
    """`screen(answers)` writes down the C-SSRS of this call."""

    def write(answers: dict[str, int]) -> None:
        with work(nurse):
            record_response(
                course_id,
                "CSSRS_SCREEN_SLC",
                answers,
                moment=MomentCode.DAY_1,
                answered_at=CALL_AT - timedelta(minutes=3),
                way=Way.CALL,
                session_id=queries.of_course(course_id, CALL_AT)[0].session_id,
            )

    return write


@pytest.fixture
def screened(screen, at_the_call) -> str:
    """The same, with a negative C-SSRS of this call."""
    screen(NEGATIVE)
    return at_the_call


@pytest.fixture
def state(app, nurse, course_id):
    """`state()`: how the 24-hour call stands now."""

    def ask() -> State:
        with app.app_context(), act_as(nurse):
            return queries.of_course(course_id, CALL_AT)[0].state

    return ask


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_list_says_whom_to_call_today(desk, at_the_call):
    page = desk.get("/follow-ups")

    assert page.status_code == 200
    said = words(page.text)
    assert "Due today 1" in said
    assert "Maya Osei" in said
    assert "Thu 12 Mar 09:30, until 13:30" in said


def test_an_empty_list_says_what_comes_next(desk, course_id, clock):
    clock.now = T0 + timedelta(hours=1)

    said = words(desk.get("/follow-ups").text)

    assert "Nothing is due today" in said
    assert "Next: Maya Osei, Thu 12 Mar, 24 hours after the dose." in said


def test_a_call_that_nobody_made_is_overdue_and_wants_a_reason(desk, at_the_call, clock):
    clock.now = T0 + timedelta(hours=29)
    plan = at_the_call.replace("/24-hours/1/contact", "")

    assert "Overdue 1" in words(desk.get("/follow-ups").text)
    refused = desk.post(at_the_call.replace("contact", "missed"))
    assert refused.status_code == 422
    assert "Enter why it was missed." in refused.text
    desk.post(at_the_call.replace("contact", "missed"), reason="Phone switched off")

    assert "Phone switched off" in desk.get(plan).text
    assert "Overdue" not in words(desk.get("/follow-ups").text).replace("Overdue follow-ups", "")


def test_while_its_window_is_open_it_cannot_be_given_up(desk, at_the_call):
    refused = desk.post(at_the_call.replace("contact", "missed"), reason="busy")

    assert refused.status_code == 409
    assert "Its window is open until Thu 12 Mar 2026, 13:30." in refused.text
    assert "busy" in refused.text


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
    assert desk.post(address, text="Seen by paediatrics 11:00, well").status_code == 303
    assert "Nobody waits for a response." in words(desk.get("/follow-ups").text)
    assert desk.post(address, text="twice").status_code == 409


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
    assert "1 try, somebody else answered 09:35" in said
    assert "next try Thu 12 Mar 11:00" in said


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
    assert refused.text.count("Choose an answer.") >= 7
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


def test_moved_inside_its_window_it_waits_for_its_new_time(desk, at_the_call, state):
    answer = desk.post(
        at_the_call.replace("contact", "move"), moved_to_at="2026-03-12T12:00", reason="asleep"
    )

    assert answer.status_code == 303
    assert state() is State.MOVED
    assert "asleep" in desk.get(answer.location).text


def test_a_move_out_of_the_window_is_asked_once(desk, at_the_call):
    address, to = at_the_call.replace("contact", "move"), "2026-03-12T15:00"

    refused = desk.post(address, moved_to_at=to, reason="travels")

    assert refused.status_code == 422
    assert "This is outside the window, Thu 12 Mar 2026, 08:00 to" in refused.text
    assert "travels" in refused.text
    assert desk.post(address, moved_to_at=to, reason="travels", confirmed="y").status_code == 303


@pytest.mark.parametrize("to", ["", "2026-03-12T09:40", "tomorrow"])
def test_a_move_wants_a_time_to_come_and_a_reason(desk, at_the_call, to):
    refused = desk.post(at_the_call.replace("contact", "move"), moved_to_at=to, reason="")

    assert refused.status_code == 422
    assert "Enter why it is moved." in refused.text


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


def test_a_follow_up_that_is_not_in_the_plan_is_not_found(desk, course_id):
    for tail in ("24-hours/2/contact", "day-3/1/contact", "24-hours/1e9/contact"):
        assert desk.get(f"/courses/{course_id}/follow-ups/{tail}").status_code == 404


def test_the_course_shows_its_stage_and_what_is_next(desk, at_the_call, course_id):
    said = words(desk.get(f"/courses/{course_id}").text)

    assert "Due now: 24 hours after the dose" in said
    assert "Plan and contacts" in said


def test_the_board_shows_what_is_overdue(desk, at_the_call, clock):
    clock.now = T0 + timedelta(hours=29)

    said = words(desk.get("/board").text)

    assert "1 overdue, 0 today" in said
    assert desk.get("/follow-ups/rail").status_code == 200


def test_before_the_first_dose_there_is_no_plan(app, desk, nurse):
    course_id = dosed_course(app, nurse, number="P-2")

    assert "No follow-up yet" in desk.get(f"/courses/{course_id}/follow-ups").text


def test_a_therapist_reads_and_does_not_write(desk, at_the_call, course_id):
    desk.role = Role.THERAPIST

    assert desk.get("/follow-ups").status_code == 200
    assert desk.get(f"/courses/{course_id}/follow-ups").status_code == 200
    assert desk.get(at_the_call).status_code == 403


def test_nobody_of_another_clinic_finds_her(desk, at_the_call, stranger, course_id):
    desk.somebody = stranger

    assert "Maya" not in desk.get("/follow-ups").text
    assert desk.get(at_the_call).status_code == 404


def test_opening_a_plan_is_noted(desk, course_id, work, nurse):
    with work(nurse):
        patient_id = queries.of_course(course_id, CALL_AT)[0].dose.patient_id

    desk.get(f"/courses/{course_id}/follow-ups")

    assert [str(course_id) in body for body in desk.openings(patient_id)] == [True]
