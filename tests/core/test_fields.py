"""This file is about what a field takes: a plain value in its limits, or says why not."""

import html
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms.validators import Optional

from clinic.core.acting import act_as
from clinic.core.errors import Unprocessable
from clinic.core.forms import (
    BaseForm,
    Choice,
    Decimal_,
    Flag,
    Identifier,
    LocalDate,
    LocalDateTime,
    Moment,
    RequiredIf,
    Text,
    WholeNumber,
    from_json,
    required,
)
from tests.core.conftest import sqlite_only
from tests.core.trial import HERE

pytestmark = sqlite_only


class Trial(BaseForm):
    """One field of each kind."""

    pulse = WholeNumber("Heart rate", [required("Enter the heart rate.")], unit="/min", high=300)
    change = WholeNumber("Change", [Optional()], low=-50, high=50)
    flow = Decimal_("Oxygen", unit="L/min", high=15)
    born_on = LocalDate("Date of birth", [Optional()])
    wall_at = LocalDateTime("Time")
    exact_at = Moment("Time")
    subject = Identifier("Subject")
    comment = Text("Comment", [Optional()], longest=20)
    feeding = Choice("Feeding", [Optional()], choices=[("breast", "Breast"), ("bottle", "Bottle")])
    why = Text("Reason", [RequiredIf("feeding", "bottle", sentence="Say why.")])
    asleep = Flag("Asleep")


@pytest.fixture
def fill(app):
    """A function that fills the form and gives it back, validated."""
    with app.test_request_context(), act_as(HERE):

        def filled(**typed):
            form = Trial(formdata=MultiDict({"pulse": "80"} | typed))
            form.validate()
            return form

        yield filled


WHOLE = {"0": 0, "80": 80, " 300 ": 300, "007": 7}
DECIMAL = {"0": "0", "2": "2", "2.5": "2.5", "2,50": "2.50", "0.0001": "0.0001", "15": "15"}


def test_whole_numbers_are_taken_and_zero_is_an_answer(fill) -> None:
    assert {typed: fill(pulse=typed).pulse.data for typed in WHOLE} == WHOLE
    assert fill(pulse="0").plain_errors == {}


def test_decimals_keep_their_digits_with_comma_and_point(fill) -> None:
    assert {typed: str(fill(flow=typed).flow.data) for typed in DECIMAL} == DECIMAL


def test_a_true_minus_is_a_minus(fill) -> None:
    assert [fill(change=typed).change.data for typed in ("−12", "-12")] == [-12, -12]


NO_NUMBERS = [
    "1_2_0",
    "８０",
    "٨٠",
    "NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "1e2",
    "0x10",
    "+80",
    "--8",
    "8 0",
    "80\n90",
    "1234567890123",
    "²",
    "1,000.5",
    "1.",
    ".5",
    "1.23456",
    "true",
    "None",
    "80;90",
]


@pytest.mark.parametrize("field", ["pulse", "flow", "change"])
def test_what_is_no_plain_number_is_refused_and_kept(field: str, fill) -> None:
    taken = []
    for typed in NO_NUMBERS:
        form = fill(**{field: typed})
        if form[field].data is not None or not form[field].errors:
            taken.append(typed)
        assert html.escape(typed) in form[field]()

    assert taken == []


def test_decimals_are_no_whole_numbers_and_the_sentence_says_so(fill) -> None:
    assert fill(pulse="80.5").plain_errors == {
        "pulse": ["Enter heart rate in /min, a whole number between 0 and 300."]
    }


@pytest.mark.parametrize(("typed", "fits"), [("-51", False), ("-50", True), ("50", True)])
def test_limits_belong_to_the_range(typed: str, fits: bool, fill) -> None:
    assert (fill(change=typed).plain_errors == {}) is fits


def test_an_empty_answer_is_none_and_required_where_it_must_be(fill) -> None:
    assert fill(flow="", change="  ").plain_errors == {}
    assert fill(pulse=" ").plain_errors == {"pulse": ["Enter the heart rate."]}


@pytest.mark.parametrize("field", ["change", "born_on", "comment", "feeding"])
def test_the_second_value_of_an_optional_field_is_not_lost_behind_an_empty_one(
    field: str, fill
) -> None:
    form = fill(**{field: ["", "5"]})

    assert "send one value, not 2" in form[field].errors[0]


@pytest.mark.parametrize(
    "field", ["pulse", "flow", "born_on", "wall_at", "subject", "comment", "feeding"]
)
def test_two_values_for_one_field_are_refused(field: str, fill) -> None:
    form = fill(**{field: ["120", "500"]})

    assert form[field].data is None
    assert "send one value, not 2" in form[field].errors[0]


def test_a_day_is_taken_as_it_is_written(fill) -> None:
    assert fill(born_on="1994-05-02").born_on.data == date(1994, 5, 2)
    for wrong in ("2.5.1994", "1994-02-30", "1899-01-01", "19940502", "1994-5-2", "１994-05-02"):
        form = fill(born_on=wrong)
        assert (form.born_on.data, bool(form.born_on.errors)) == (None, True)


def test_a_time_on_the_wall_is_a_moment_of_the_clinics_zone(fill) -> None:
    summer, winter = fill(wall_at="2026-07-01T10:11"), fill(wall_at="2026-01-15 10:11:30")

    assert summer.wall_at.data == datetime(2026, 7, 1, 9, 11, tzinfo=UTC)
    assert winter.wall_at.data == datetime(2026, 1, 15, 10, 11, 30, tzinfo=UTC)


def test_an_hour_that_was_skipped_is_refused(fill) -> None:
    """A38: hours that do not exist or come twice."""
    form = fill(wall_at="2026-03-29T01:30")

    assert form.plain_errors == {"wall_at": ["That time was skipped when the clocks went forward."]}
    assert 'value="2026-03-29T01:30"' in form.wall_at()


def test_of_an_hour_that_comes_twice_the_first_is_taken(fill) -> None:
    assert fill(wall_at="2026-10-25T01:30").wall_at.data == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_moment_with_its_offset_is_exact(fill) -> None:
    later = fill(exact_at="2026-10-25T01:30:00+00:00").exact_at.data
    assert later == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert fill(exact_at="2026-07-01T10:11").exact_at.data == datetime(
        2026, 7, 1, 9, 11, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "typed",
    ["now", "2026-13-01T10:00", "2026-03-12T25:00", "0001-01-01T00:00:00+23:59", "2026-W11-4", "0"],
)
def test_what_is_no_moment_is_refused(typed: str, fill) -> None:
    form = fill(exact_at=typed, wall_at=typed)

    assert (form.exact_at.data, form.wall_at.data) == (None, None)
    assert set(form.plain_errors) == {"exact_at", "wall_at"}


def test_an_id_has_its_usual_spelling(fill) -> None:
    known = uuid.UUID("01950000-0000-7000-8000-00000000d001")
    assert fill(subject=str(known).upper()).subject.data == known
    for wrong in ("1", known.hex, f"{{{known}}}", f"urn:uuid:{known}", str(known) + "0"):
        assert fill(subject=wrong).subject.errors


def test_a_text_is_trimmed_and_bounded_and_visible(fill) -> None:
    assert fill(comment="  calm\r\nand awake ").comment.data == "calm\nand awake"
    assert fill(comment="   ").comment.data is None
    assert fill(comment="x" * 21).plain_errors == {
        "comment": ["Comment: at most 20 characters, this has 21."]
    }
    for hidden in ("\x00", "\x1b[0m", "a\u202eb", "\ud800", "a\x7f"):
        assert fill(comment=f"a{hidden}b").comment.errors == [
            "Comment: remove the characters that cannot be seen."
        ]


def test_only_a_code_that_was_offered_is_chosen(fill) -> None:
    assert fill(feeding="breast").feeding.data == "breast"
    assert fill(feeding="").feeding.data is None
    assert fill(feeding="Breast").plain_errors == {"feeding": ["Choose feeding from the list."]}
    assert fill().feeding.data is None


def test_a_field_is_required_only_if_another_says_so(fill) -> None:
    assert fill(feeding="breast").plain_errors == {}
    assert fill(feeding="bottle").plain_errors == {"why": ["Say why."]}
    assert fill(feeding="bottle", why="her wish").plain_errors == {}


def test_json_fills_the_same_form(fill) -> None:
    form = from_json(Trial, {"pulse": "80", "asleep": True, "comment": None, "flow": "2.50"})

    assert form.validate()
    assert (form.pulse.data, form.asleep.data) == (80, True)
    assert (form.comment.data, form.flow.data) == (None, Decimal("2.50"))


@pytest.mark.parametrize(
    ("payload", "fields"),
    [
        ({"pulse": True}, {"pulse": ["Send text or a number, not true or false."]}),
        ({"asleep": "yes"}, {"asleep": ["Send true or false."]}),
        ({"pulse": [80]}, {"pulse": ["Send text or a number."]}),
        ({"pulse": {"value": "80"}}, {"pulse": ["Send text or a number."]}),
        ({"clinic_id": "x"}, {"clinic_id": ["There is no such field."]}),
        ({"\ud800": "x"}, {"\ud800": ["There is no such field."]}),
        ([], {}),
        ("text", {}),
        (None, {}),
    ],
)
def test_json_of_another_shape_names_what_does_not_fit(payload, fields, fill) -> None:
    with pytest.raises(Unprocessable) as refused:
        from_json(Trial, payload)

    assert refused.value.fields == fields


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(typed=st.text(max_size=30))
def test_no_text_makes_a_number_field_fail(fill, typed: str) -> None:
    form = fill(pulse=typed, flow=typed)

    assert form.pulse.data is None or 0 <= form.pulse.data <= 300
    assert form.flow.data is None or form.flow.data.is_finite()
