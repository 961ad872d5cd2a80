"""This file is about the chart of a session: it shows what its table says."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clinic.protocols.library import library_protocols
from clinic.protocols.rules import SessionPlan
from clinic.sessions.charts import chart_table, finding, session_chart
from clinic.sessions.rules import SessionState, session_state
from clinic.sessions.rules.log import (
    Administration,
    AdministrationEvent,
    BloodPressure,
    Entry,
    Measured,
    Observation,
    Outcome,
    SessionFacts,
    SignValue,
    Unrecordable,
)

T0 = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
FACTS = SessionFacts(timezone=ZoneInfo("Europe/Dublin"), ordered_devices=1)
COLUMNS = ("systolic", "diastolic", "heart_rate", "spo2")


@pytest.fixture(scope="module")
def plan() -> SessionPlan:
    return library_protocols()["esketamine-nasal-56-84"].session_plan()


def entry(kind: type[Entry], n: int, minute: int, **says: Any) -> Entry:
    at = T0 + timedelta(minutes=minute)
    one = uuid.UUID(int=n)
    common = {"id": one, "session_id": one, "author_id": one, "log_seq": n}
    return kind(**common, effective_at=at, recorded_at=at, **says)


def reading(n: int, minute: int, systolic: int, diastolic: int, **signs: SignValue) -> Entry:
    pair = Measured(BloodPressure(systolic, diastolic))
    return entry(Observation, n, minute, signs={"blood_pressure": pair, **signs})


def device() -> Entry:
    given = {"event": AdministrationEvent.DEVICE, "outcome": Outcome.COMPLETE}
    return entry(Administration, 90, 0, device_number=1, **given)


def at(plan: SessionPlan, minute: int, *entries: Entry) -> SessionState:
    return session_state(plan, FACTS, entries, T0 + timedelta(minutes=minute))


@pytest.fixture
def watched(plan: SessionPlan) -> SessionState:
    """Three readings around the dose; the pulse of the second could not be felt."""
    return at(
        plan,
        62,
        reading(1, -12, 118, 76, heart_rate=Measured(72), spo2=Measured(98)),
        device(),
        reading(2, 30, 138, 86, heart_rate=Unrecordable(), spo2=Measured(97)),
        reading(3, 61, 164, 102, heart_rate=Measured(96)),
    )


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for panel in spec["vconcat"]:
        yield from panel["layer"]


def styled(spec: dict[str, Any], style: str) -> list[dict[str, Any]]:
    """The values of the layers drawn in one style."""
    found = [layer for layer in layers(spec) if layer["mark"]["style"] == style]
    return [value for layer in found for value in layer["data"]["values"]]


def test_the_chart_draws_exactly_the_rows_of_its_table(
    plan: SessionPlan, watched: SessionState
) -> None:
    drawn = session_chart(plan, watched)["data"]["values"]
    table = chart_table(watched)

    assert [[row["minute"], *(row[c] for c in COLUMNS)] for row in drawn] == [
        [row["minute"], *(row[c] for c in COLUMNS)] for row in table
    ]
    assert [row["minute"] for row in table] == [-12, 30, 61]


def test_what_could_not_be_measured_is_a_gap_and_not_a_zero(watched: SessionState) -> None:
    assert [row["heart_rate"] for row in chart_table(watched)] == [72, None, 96]
    assert [row["spo2"] for row in chart_table(watched)] == [98, 97, None]


def test_a_pressure_that_raises_an_alert_is_drawn_as_outside(
    plan: SessionPlan, watched: SessionState
) -> None:
    drawn = session_chart(plan, watched)["data"]["values"]

    assert [row["pressure_outside"] for row in drawn] == [False, False, True]


def test_bands_follow_the_protocol_when_it_changes(
    plan: SessionPlan, watched: SessionState
) -> None:
    limits = plan.limits["systolic"]
    assert limits.bands is not None
    raised = replace(limits.bands[2], lower=limits.bands[2].lower + 5)
    bands = (*limits.bands[:2], raised, limits.bands[3])
    other = replace(plan, limits={**plan.limits, "systolic": replace(limits, bands=bands)})

    before = styled(session_chart(plan, watched), "band-caution")
    after = styled(session_chart(other, watched), "band-caution")

    assert [(area["from"], area["to"]) for area in before] == [(140, 160)]
    assert [(area["from"], area["to"]) for area in after] == [(145, 160)]


def test_the_low_band_of_systolic_is_not_drawn_behind_the_diastolic(
    plan: SessionPlan, watched: SessionState
) -> None:
    pressure = session_chart(plan, watched)["vconcat"][0]["layer"]
    areas = [
        value
        for layer in pressure
        if layer["mark"]["type"] == "rect"
        for value in layer["data"]["values"]
    ]

    assert min(area["from"] for area in areas) == 140


def test_the_axis_is_fixed_and_grows_in_steps_for_a_value_outside(plan: SessionPlan) -> None:
    usual = session_chart(plan, at(plan, 5, reading(1, -5, 118, 76)))
    low = session_chart(plan, at(plan, 5, reading(1, -5, 190, 35)))

    assert domain(usual) == [60, 180]
    assert domain(low) == [20, 200]


def domain(spec: dict[str, Any]) -> list[int]:
    scale: list[int] = spec["vconcat"][0]["layer"][0]["encoding"]["y"]["scale"]["domain"]
    return scale


def test_now_is_drawn_while_she_is_watched(plan: SessionPlan, watched: SessionState) -> None:
    before = at(plan, -5, reading(1, -12, 118, 76))

    assert {value["minute"] for value in styled(session_chart(plan, watched), "now")} == {62}
    assert styled(session_chart(plan, before), "now") == []


def test_each_sign_has_an_axis_of_its_own_and_no_colour_of_its_own(
    plan: SessionPlan, watched: SessionState
) -> None:
    spec = session_chart(plan, watched)

    titles = [panel["layer"][-1]["encoding"]["y"]["axis"]["title"][0] for panel in spec["vconcat"]]
    assert titles == ["BP", "HR", "SpO₂"]
    assert "#" not in repr(spec)


def test_the_latest_number_stands_beside_its_mark(plan: SessionPlan, watched: SessionState) -> None:
    labels = styled(session_chart(plan, watched), "latest")

    assert [label["text"] for label in labels] == ["164/102", "96", "97"]


def test_the_finding_is_said_in_a_sentence(plan: SessionPlan, watched: SessionState) -> None:
    assert finding(watched) == (
        "3 readings; latest blood pressure 164/102, above limit; "
        "highest rise 46 systolic and 26 diastolic; 2 open alerts."
    )
    assert finding(at(plan, 0)) == "No readings yet."
