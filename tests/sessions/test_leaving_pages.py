"""This file is about the discharge page beside its list: advice to take home, keeping longer."""

import re
import uuid

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.core.acting import act_as
from clinic.core.db import db, job
from clinic.messages.actions.settings import save_settings
from clinic.patients.models import Infant
from clinic.patients.rules import Feeding
from tests.clock import Clock
from tests.desk import Desk
from tests.sessions.leaving import moment as at
from tests.sessions.leaving import observed, tell
from tests.sessions.story import Morning, moment, morning

__all__ = ["morning", "observed", "tell"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


NUMBERS = {"clinic_line": "555 0142", "crisis_line": "988", "emergency": "911"}


def words(page: TestResponse) -> str:
    """A page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def advice(morning: Morning) -> str:
    """What the paper says to her, without its head."""
    page = morning.page("/leaving-advice")
    assert page.status_code == 200
    main = page.text.split("<main>")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_leaving_advice_says_the_agreed_pause_and_nothing_else_about_milk(
    morning: Morning,
) -> None:
    morning.until("11:30")

    said = advice(morning)

    assert said.startswith("Agreed pause ends 21:40. This is the time you and ")
    assert "is hard to wake, floppy, breathes differently or feeds poorly." in said
    assert "Questions about feeding: " in said
    assert "Do not drive or use machines until the next day, after a restful sleep." in said
    assert not re.search(r"milk|resume|again|safe|\bOK\b", said, re.I)


def test_before_the_last_dose_the_leaving_advice_has_no_time(morning: Morning) -> None:
    morning.check_in()

    assert advice(morning).startswith("Agreed pause: 12 h after the last dose.")


def test_where_no_infant_gets_her_milk_the_advice_is_general_and_says_nothing_of_it(
    morning: Morning,
) -> None:
    morning.until("11:30")
    with morning.app.app_context(), act_as(morning.acting), job():
        db.session.scalars(select(Infant)).one().feeding = Feeding.FORMULA
        save_settings(NUMBERS, None)

    said = advice(morning)

    assert said == (
        "Do not drive or use machines until the next day, after a restful sleep. "
        "Let the adult who came for you take you home. "
        "Call us about anything that worries you: 555 0142 . "
        "If you think of harming yourself or somebody else: 988 . "
        "In an emergency: 911 . Source: US label."
    )
    assert "/leaving-advice" in morning.page("/discharge").text


def test_keeping_her_longer_plans_the_reading_that_is_due_next(morning: Morning) -> None:
    morning.until("11:30")

    page = morning.page("/discharge").text
    assert f'href="{morning.address}#observation"' in page
    assert page.index("Keep longer") < page.index("Leaves against advice")
    typed = {"kind": "transition", "event": "kept-longer", "effective_at": "now"}
    morning.clock.now = moment("11:31")
    kept = morning.typed(**typed, minutes="10", text="Dizzy when she stands", back="discharge")
    assert kept.status_code == 303

    morning.clock.now = moment("11:32")
    check, room = morning.page("/discharge").text, words(morning.page())
    assert "<dt>Kept longer, next reading</dt><dd>11:41</dd>" in check
    assert "Kept longer, next reading in 10 min: Dizzy when she stands" in room
    assert "Extra 11:41" in room
    assert "Extra reading" in words(morning.browser.get("/board"))
    assert "extra, due 11:41" in words(morning.page("/sheet"))


def test_without_a_number_of_minutes_nothing_is_planned_and_the_words_are_kept(
    morning: Morning,
) -> None:
    morning.until("11:30")
    typed = {"kind": "transition", "event": "kept-longer", "effective_at": "now", "text": "Dizzy"}

    for minutes, said in (("", "until the next reading"), ("0", "Enter 1 minute or more.")):
        page = morning.typed(**typed, minutes=minutes, back="discharge")
        assert page.status_code == 422
        assert said in page.text
        assert re.search(r">\s*Dizzy</textarea>", page.text)


def test_an_answer_that_has_grown_too_old_says_so_beside_the_answer(
    desk: Desk, clock: Clock, observed: None, session_id: uuid.UUID
) -> None:
    clock.now = at("11:47")

    page = desk.get(f"/sessions/{session_id}/discharge")

    assert "11:31, older than 15 min: ask again" in words(page)
