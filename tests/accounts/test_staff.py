"""This file is about the page of staff: who is invited, changed, helped, sent home, and by whom."""

import re
import uuid
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from clinic.accounts.models import Membership, OneTimeLink, Passkey, User
from clinic.core.clock import now
from clinic.core.db import apart, job
from clinic.core.permissions import Role
from tests.accounts.browser import NURSE, Browser, bodies, trail
from tests.accounts.phone import phone
from tests.clock import Clock
from tests.factories import CLINIC_ID, PASSWORD, kept, make_other_clinic, make_user

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
__all__ = ["phone"]

ADMIN = "administrator@clinic.example"
NEW = "eleven wooden harps sleeping"
CODE = re.compile(r'<p class="c-codes"><code>([a-z2-7-]+)</code>')
STAFF = "/staff"
NADIA = {"full_name": "Nadia Brenner", "email": "nadia@clinic.example", "role": "nurse"}


@pytest.fixture
def admin(clinic_app: Flask) -> Browser:
    """A browser in which the administrator has signed in."""
    with clinic_app.app_context(), job():
        make_user(role=Role.ADMINISTRATOR, full_name="Marta Lind")
    browser = Browser(clinic_app)
    browser.sign_in(ADMIN)
    return browser


def person_id(app: Flask, email: str = NURSE) -> uuid.UUID:
    """The id of a person."""
    with app.app_context(), apart(write=False) as session:
        return session.scalars(select(User.id).where(User.email == email)).one()


def press(admin: Browser, what: str, email: str = NURSE, **fields: str) -> TestResponse:
    """Press a button on the page of a person."""
    page = f"{STAFF}/{person_id(admin.app, email)}"
    version = re.search(r'name="version" value="(\d+)"', admin.get(page).text)
    seen = {"version": version[1]} if version else {}
    return admin.post(f"{page}/{what}", page=page, **seen | fields)


def invite(admin: Browser, **given: str) -> TestResponse:
    """Fill in the form."""
    return admin.post(STAFF, page=STAFF, **NADIA | given)


def code_in(answer: TestResponse) -> str:
    """The code that the page shows, this once."""
    found = CODE.search(answer.text)
    assert found, "the page shows a code"
    return found.group(1).replace("-", "")


def choose(app: Flask, code: str, password: str = NEW) -> TestResponse:
    """Open a link in a fresh browser and choose a password."""
    return Browser(app).post(
        f"/one-time/{code}", page=f"/one-time/{code}", password=password, again=password
    )


def test_whoever_is_invited_chooses_the_password_and_nobody_else_learns_it(admin: Browser) -> None:
    code = code_in(invite(admin))
    before = Browser(admin.app)
    before.sign_in("nadia@clinic.example", NEW)
    assert not before.is_signed_in(), "before the link is used nobody signs in under the name"

    answer = choose(admin.app, code.upper())

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    nadia = Browser(admin.app)
    nadia.sign_in("nadia@clinic.example", NEW)
    assert nadia.is_signed_in()
    assert code not in bodies(admin.app)
    assert trail(admin.app, "use-link") == ["use-link"]


def test_a_link_opens_once_and_not_for_ever(admin: Browser, clock: Clock) -> None:
    code = code_in(invite(admin))
    late = code_in(invite(admin, email="late@clinic.example"))
    choose(admin.app, code)

    assert Browser(admin.app).get(f"/one-time/{code}").status_code == 404, "used"
    clock.advance(days=7)
    assert Browser(admin.app).get(f"/one-time/{late}").status_code == 404, "over"
    assert Browser(admin.app).get("/one-time/abcde").status_code == 404, "guessed"


def test_a_further_link_closes_the_one_before_and_looking_uses_nothing_up(admin: Browser) -> None:
    first = code_in(invite(admin))
    second = code_in(press(admin, "link", "nadia@clinic.example"))

    for _ in range(3):
        assert Browser(admin.app).get(f"/one-time/{second}").status_code == 200

    assert Browser(admin.app).get(f"/one-time/{first}").status_code == 404
    assert choose(admin.app, second).status_code == 303


def test_a_weak_password_is_told_and_the_link_still_works(admin: Browser) -> None:
    code = code_in(invite(admin))

    answer = choose(admin.app, code, "password1234567")

    assert answer.status_code == 422
    assert "This is easy to guess." in answer.text
    assert choose(admin.app, code).status_code == 303


def test_a_code_is_typed_as_it_was_read_out(admin: Browser) -> None:
    code = code_in(invite(admin))
    typed = " ".join(re.findall("..?.?", code.upper()))

    right = Browser(admin.app).post("/one-time", page="/one-time", code=typed)
    wrong = Browser(admin.app).post("/one-time", page="/one-time", code="abcd-efgh")

    assert right.location == f"/one-time/{code}"
    assert (wrong.status_code, "is not right, was used, or is over" in wrong.text) == (422, True)


def test_the_database_holds_the_hash_of_a_code_and_never_the_code(admin: Browser) -> None:
    code = code_in(invite(admin))

    with admin.app.app_context(), apart(write=False) as session:
        (link,) = session.scalars(select(OneTimeLink))
        assert code not in (link.token_hash, str(vars(link)))
        assert len(link.token_hash) == 64


def test_a_new_password_by_link_ends_sittings_and_leaves_the_second_step(
    admin: Browser, phone: object
) -> None:
    code = code_in(press(admin, "link"))

    choose(admin.app, code)

    again = Browser(admin.app)
    asked = again.sign_in(NURSE, NEW)
    assert asked.location.startswith("/sign-in/code"), "6.4.3: the code is asked all the same"
    assert not again.is_signed_in()


def test_until_a_link_is_used_the_password_of_now_works(admin: Browser, visitor: Browser) -> None:
    code = code_in(press(admin, "link"))
    visitor.sign_in()
    assert visitor.is_signed_in()

    choose(admin.app, code)

    assert not visitor.is_signed_in(), "A19: a new password ends what was open"
    visitor.sign_in(NURSE, PASSWORD)
    assert not visitor.is_signed_in()


def test_a_new_role_works_at_once_and_asks_to_sign_in_again(
    admin: Browser, visitor: Browser
) -> None:
    visitor.sign_in()

    press(admin, "role", role="auditor")

    assert not visitor.is_signed_in()
    visitor.sign_in()
    assert visitor.get("/trail").status_code == 200


def test_whoever_leaves_is_out_at_once_and_may_come_back(admin: Browser, visitor: Browser) -> None:
    visitor.sign_in()

    press(admin, "leave")

    assert not visitor.is_signed_in()
    visitor.sign_in()
    assert not visitor.is_signed_in()
    assert "Aiko Kimura" in admin.get(STAFF).text, "leaving staff keep their name"
    press(admin, "role", role="nurse")
    visitor.sign_in()
    assert visitor.is_signed_in()


def test_an_invitation_of_somebody_who_left_opens_nothing(admin: Browser) -> None:
    code = code_in(invite(admin))

    press(admin, "leave", "nadia@clinic.example")

    assert choose_status(admin.app, code) == 404


def choose_status(app: Flask, code: str) -> int:
    """What the page of a link answers."""
    return Browser(app).get(f"/one-time/{code}").status_code


def test_a_lost_second_step_is_taken_off_and_the_trail_says_by_whom(
    admin: Browser, visitor: Browser, phone: object
) -> None:
    press(admin, "second-step")

    visitor.sign_in()
    assert visitor.is_signed_in()
    assert trail(admin.app, "forget-second-step") == ["forget-second-step"]


def test_passkeys_go_with_the_second_step(admin: Browser) -> None:
    nurse = person_id(admin.app)
    with admin.app.app_context(), job():
        said = {"credential_id": "AAAA", "public_key": "AAAA", "transports": "", "sign_count": 0}
        kept(Passkey(user_id=nurse, name="My phone", made_at=clock_of(admin), **said))
    assert "Passkey" in admin.get(f"{STAFF}/{nurse}").text

    press(admin, "second-step")

    with admin.app.app_context(), apart(write=False) as session:
        assert session.scalars(select(Passkey)).all() == []


def clock_of(admin: Browser) -> datetime:
    """What time it is in the application."""
    with admin.app.app_context():
        return now()


def test_sittings_are_ended_from_afar(admin: Browser, visitor: Browser) -> None:
    visitor.sign_in()

    answer = press(admin, "sittings")

    assert not visitor.is_signed_in()
    assert "signed out in 1 browser." in admin.get(answer.location).text


@pytest.mark.parametrize("what", ["role", "leave", "second-step"])
def test_nobody_changes_the_own_place(admin: Browser, what: str) -> None:
    answer = press(admin, what, ADMIN, role="nurse", version="1")

    assert answer.status_code == 403
    assert "Another administrator changes your own place" in answer.text
    with admin.app.app_context(), apart(write=False) as session:
        place = select(Membership).where(Membership.user_id == person_id(admin.app, ADMIN))
        assert session.scalars(place).one().role is Role.ADMINISTRATOR


def test_an_administrator_hands_out_nothing_that_opens_another_clinic(admin: Browser) -> None:
    with admin.app.app_context(), job():
        hill = make_other_clinic()
        person = make_user(role=None, email="both@clinic.example", full_name="Both Places")
        make_membership(person, hill.id)
        make_membership(person)

    for what in ("link", "second-step"):
        answer = press(admin, what, "both@clinic.example")
        assert answer.status_code == 403, what
        assert "works in another clinic" in answer.text


def make_membership(person: User, clinic_id: uuid.UUID | None = None) -> None:
    """A further place of work."""
    kept(Membership(user_id=person.id, clinic_id=clinic_id or CLINIC_ID, role=Role.NURSE))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": " NURSE@clinic.example"}, "Somebody has this email address already."),
        ({"email": "nobody"}, "Enter an email address"),
        ({"full_name": ""}, "Enter first and last name."),
        ({"role": "owner"}, "Choose role from the list."),
        ({"full_name": "Nadia\u202ereneB"}, "remove the characters that cannot be seen"),
    ],
)
def test_an_invitation_that_cannot_be_is_told_beside_its_field(
    admin: Browser, given: dict[str, str], said: str
) -> None:
    answer = invite(admin, **given)

    assert answer.status_code == 422
    assert said in answer.text
    assert (NADIA | given)["email"].strip() in answer.text, "what was typed is kept"


def test_a_page_that_was_read_before_a_change_changes_nothing(admin: Browser) -> None:
    answer = press(admin, "role", role="auditor", version="7")

    assert answer.status_code == 409
