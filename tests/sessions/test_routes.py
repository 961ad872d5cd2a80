"""An infusion, an injection and a lozenge, from the page's forms to what the page then says."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from werkzeug.test import TestResponse

from clinic.core.db import new_id
from clinic.sessions.rules.results import Phase
from tests.clock import Clock
from tests.desk import Desk
from tests.sessions.room import (
    check_everything_before_the_dose,
    planned_session,
    put,
    state,
)

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

NINE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
VIAL = {"lot": "K77", "expires_on": "2027-12-31"}
READING = {
    "kind": "observation",
    "systolic": 118,
    "diastolic": 76,
    "effective_at": "2026-03-12T09:08:00+00:00",
}
Give = Callable[..., TestResponse]


class Room:
    """One session of this morning, and the forms of its page."""

    def __init__(self, desk: Desk, clock: Clock, session_id: uuid.UUID) -> None:
        self.desk, self.clock, self.session_id = desk, clock, session_id
        self.address = f"/sessions/{session_id}"

    def at(self, time: str) -> None:
        """It is that time."""
        self.clock.now = datetime.fromisoformat(f"2026-03-12T{time}:00+00:00")

    def ready(self) -> None:
        """Checked in, everything asked, a reading taken; it is 09:10."""
        self.desk.post(f"{self.address}/check-in", born_on="1994-05-02")
        self.at("09:10")
        check_everything_before_the_dose(self.desk, self.session_id, "2026-03-12T09:05:00+00:00")
        assert put(self.desk, self.session_id, **READING).status_code == 201

    def gives(self, time: str, event: str, **fields: str) -> TestResponse:
        """Send the form of a dose event at a time."""
        self.at(time)
        return self.desk.post(
            f"{self.address}/entries/{new_id()}",
            kind="administration",
            event=event,
            effective_at=self.clock.now.isoformat(),
            **fields,
        )

    def words(self) -> str:
        """What the page says, without its marks."""
        page = self.desk.get(self.address)
        assert page.status_code == 200
        return " ".join(re.sub(r"<[^>]+>", " ", page.text).split()).replace("\u2009", " ")

    def shows(self, *expected: str) -> None:
        """The page says all of it."""
        words = self.words()
        for one in expected:
            assert one in words, one


@pytest.fixture
def room(desk: Desk, clock: Clock) -> Callable[[str, int], Room]:
    """`room(protocol, mg)`: a session that is ready for its dose."""

    def made(protocol: str, mg: int) -> Room:
        def ready() -> uuid.UUID:
            planned = planned_session(desk.app, desk.somebody, NINE, dose=mg, protocol=protocol)
            Room(desk, clock, planned).ready()
            return planned

        return Room(desk, clock, desk.reach((protocol, mg), ready))

    return made


def test_an_infusion_is_started_paused_changed_and_stopped_on_its_page(room):
    here = room("ketamine-iv-0.5-mg-kg", 34)
    here.shows("34 mg over 40 min = 51 mg/h, arithmetic only", "Start infusion · Maya Osei")

    assert here.gives("09:15", "infusion-start", rate_mg_per_h="51", **VIAL).status_code == 303
    here.at("09:25")
    here.shows("Dosing, 10/40 min", "8.5 mg so far", "Pause infusion · Maya Osei", "10 min")

    assert here.gives("09:25", "infusion-pause").status_code == 303
    here.at("09:30")
    here.shows("Dosing paused, 10/40 min", "Go on with infusion · Maya Osei")

    assert here.gives("09:30", "infusion-resume").status_code == 303
    assert here.gives("09:40", "infusion-rate", rate_mg_per_h="60").status_code == 303
    here.at("09:50")
    here.shows("Dosing, 30/40 min", "27 mg so far", "stop + 15 min")

    assert here.gives("10:00", "infusion-stop").status_code == 303
    found = state(here.desk.app, here.desk.somebody, here.session_id, here.clock.now)
    assert found.dose.text == "37 mg"
    assert found.phase is Phase.OBSERVING
    assert [one.minute for one in found.slots if one.key.startswith("s")] == [60, 75, 90, 105]
    assert found.agreed_pause_ends_at == NINE.replace(hour=22)
    here.shows("Given: 37 mg")


def test_what_the_pump_shows_at_the_stop_beats_what_is_worked_out(room):
    here = room("ketamine-iv-0.5-mg-kg", 34)
    here.gives("09:15", "infusion-start", rate_mg_per_h="51", **VIAL)

    here.gives("09:55", "infusion-stop", mg="33.6")

    here.shows("Given: 33.6 mg")


def test_an_infusion_without_a_rate_is_refused_and_what_was_typed_stays(room):
    here = room("ketamine-iv-0.5-mg-kg", 34)

    refused = here.gives("09:15", "infusion-start", **VIAL)

    assert refused.status_code == 422
    assert "Enter the rate." in refused.text
    assert 'value="K77"' in refused.text


def test_a_rate_refused_while_it_runs_stands_beside_its_own_field(room):
    here = room("ketamine-iv-0.5-mg-kg", 34)
    here.gives("09:15", "infusion-start", rate_mg_per_h="51", **VIAL)

    refused = here.gives("09:20", "infusion-rate", rate_mg_per_h="fast")

    assert refused.status_code == 422
    assert 'href="#rate-rate_mg_per_h"' in refused.text
    assert 'id="rate-rate_mg_per_h"' in refused.text
    assert 'value="fast"' in refused.text


def test_the_board_says_how_far_an_infusion_is(room):
    here = room("ketamine-iv-0.5-mg-kg", 34)
    here.gives("09:15", "infusion-start", rate_mg_per_h="51", **VIAL)
    here.at("09:35")

    board = here.desk.get("/board/rows")
    here.at("09:36")
    later = here.desk.get("/board/rows", **{"If-None-Match": board.headers["ETag"]})

    assert "Dosing, 20/40 min" in board.text
    assert "Dosing, 21/40 min" in later.text


def test_two_injections_make_up_the_order_and_a_third_is_refused(room):
    here = room("ketamine-im", 50)

    assert here.gives("09:15", "injection", mg="30", **VIAL).status_code == 303
    here.shows("Injection 1 09:15, 30 mg", "20 mg of the order left")
    beyond = here.gives("09:20", "injection", mg="20.1", **VIAL)
    assert here.gives("09:20", "injection", mg="20", site="Left deltoid", **VIAL).status_code == 303

    assert beyond.status_code == 422
    assert "20 mg of the order are left. More needs a new order." in beyond.text
    here.shows("Given: 50 mg", "Left deltoid")


def test_a_lozenge_is_in_the_mouth_until_it_is_out(room):
    here = room("ketamine-sublingual", 100)

    assert here.gives("09:15", "lozenge-in", mg="100", **VIAL).status_code == 303
    here.at("09:20")
    here.shows("Lozenge in the mouth since 09:15", "Dosing, lozenge in the mouth")
    unsaid = here.gives("09:23", "lozenge-out")
    assert here.gives("09:23", "lozenge-out", remains="swallowed").status_code == 303

    assert unsaid.status_code == 422
    assert "Choose what became of the rest of it." in unsaid.text
    here.shows("Given: 100 mg (lozenge 1 held 8 min, swallowed)")


@pytest.mark.parametrize(
    ("protocol", "event", "sentence"),
    [
        ("ketamine-im", "injection", "Enter the amount in mg."),
        ("ketamine-sublingual", "lozenge-in", "Enter the amount in mg."),
    ],
)
def test_no_amount_is_made_up(room, protocol, event, sentence):
    refused = room(protocol, 50).gives("09:15", event, **VIAL)

    assert refused.status_code == 422
    assert sentence in refused.text
