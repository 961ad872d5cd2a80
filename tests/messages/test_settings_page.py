"""This file is about the page on which an administrator sets numbers, quiet hours, reminders."""

import pytest

from clinic.core.acting import act_as
from clinic.core.permissions import Role
from clinic.messages.queries import numbers, settings
from tests.links.room import SETTINGS

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PAGE = "/settings/messages"


@pytest.fixture
def administrator(desk):
    """An administrator's browser."""
    desk.role = Role.ADMINISTRATOR
    return desk


def test_what_an_administrator_saves_is_what_she_is_shown(app, administrator, somebody) -> None:
    assert 'value="21:00"' in administrator.get(PAGE).text

    answer = administrator.post(PAGE, **SETTINGS)

    assert answer.status_code == 303
    with app.app_context(), act_as(somebody):
        assert numbers().crisis_line == "555 0199"
        assert settings().reminders.count == 2
        assert settings().quiet.begins.isoformat() == "21:00:00"
        assert settings().link_hours == 72


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("clinic_line", "", "Enter the number at which she reaches the clinic."),
        ("crisis_line", "call us", "Crisis line: enter digits"),
        ("quiet_from", "9pm", "Quiet from: enter a time such as 21:00."),
        ("sender", "Perinatal team", "Leave out Perinatal"),
        ("reminder_count", "9", "between 0 and 5"),
        ("link_hours", "0", "between 1 and 720"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(administrator, field, typed, says) -> None:
    answer = administrator.post(PAGE, **SETTINGS | {field: typed})

    assert answer.status_code == 422
    assert says in answer.text
    assert typed in answer.text
    with administrator.app.app_context(), act_as(administrator.somebody):
        assert numbers().clinic_line is None


def test_of_two_who_save_at_once_the_second_looks_again(administrator) -> None:
    administrator.post(PAGE, **SETTINGS)

    stale = administrator.post(PAGE, **SETTINGS | {"emergency": "999"})

    assert stale.status_code == 409
    assert "Somebody else saved these settings" in stale.text
    assert 'value="999"' in stale.text


def test_nobody_else_opens_it(desk) -> None:
    assert desk.get(PAGE).status_code == 403
