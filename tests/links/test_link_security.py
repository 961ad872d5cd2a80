"""This file is about what a private link opens to whom: guessing, replay, expiry, prefetching."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from clinic.accounts.rules.duties import DutyKind
from clinic.core.acting import act_as
from clinic.core.db import Base, db, job
from clinic.core.errors import Unprocessable
from clinic.courses.actions import open_course
from clinic.courses.queries import course_or_raise
from clinic.links.actions import hash_of, send_link, token_of, withdraw_link
from clinic.links.models import KnownPhone, LinkAnswer, LinkDoor, PrivateLink
from clinic.links.queries import why_no_link
from clinic.links.rules import LinkWay, PartRef
from clinic.messages.models import Message
from clinic.messages.queries.settings import settings_row
from clinic.patients.models import Patient
from clinic.patients.rules import ContactBy
from clinic.protocols.models import ProtocolVersion
from tests.databases import whole
from tests.desk import NURSE_ID
from tests.factories import make_patient
from tests.instruments.room import items, used
from tests.links.room import ASKED, BORN, PHQ9, Phone, answers, link_of, on_duty, sent, words

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
ENDED = "This link has ended"
BROWSER = {"user_session", "sign_in_throttle"}


def everything(app) -> dict[str, list[str]]:
    """Every row of every table but the browsers."""
    with whole(app) as database:
        return {
            name: sorted(map(str, database.execute(text(f'SELECT * FROM "{name}"'))))
            for name in Base.metadata.tables.keys() - BROWSER
        }


@sqlite_only
def test_the_database_holds_the_hash_of_a_token_and_never_the_token(app, link_id) -> None:
    with app.app_context():
        token = token_of(link_id)

    rows = str(everything(app))

    assert len(token) == 43
    assert hash_of(token) in rows
    assert token not in rows


@sqlite_only
def test_looking_changes_nothing_so_that_a_program_that_reads_mail_uses_nothing_up(
    app, phone
) -> None:
    before = everything(app)

    for place in ("", "/birth", "/questions/1", "/support/1", "/done", "/help"):
        assert phone.client.get(phone.beginning + place).status_code in (200, 303)
        assert phone.client.head(phone.beginning + place).status_code in (200, 303)

    assert everything(app) == before


@sqlite_only
def test_without_the_date_of_birth_no_question_is_shown_and_no_answer_taken(
    phone, app, somebody
) -> None:
    phone.open()
    token = {"csrf_token": phone.page.text.split('csrf_token" value="')[1].split('"')[0]}

    for place in ("/questions/1", "/support/1", "/done"):
        assert (
            "Little interest"
            not in phone.client.get(phone.beginning + place, follow_redirects=True).text
        )
    for place in ("/questions/1", "/finish"):
        answer = phone.client.post(phone.beginning + place, data=token | {"answer": "1"})
        assert answer.location.endswith("/birth")

    assert answers(app, somebody) == []


@pytest.mark.parametrize("typed", [{"year": "1995"}, {"day": "x"}, {"month": "13"}, {"year": ""}])
@sqlite_only
def test_a_wrong_date_is_told_with_the_tries_left(phone, typed) -> None:
    phone.open()
    phone.press("/begin")

    page = phone.press("/birth", **(BORN | typed))

    assert page.status_code == 422
    assert "This is not the date we have. You have 2 tries left." in words(page)
    assert "Maya" not in page.text


def test_three_wrong_dates_lock_the_link_and_the_clinic_is_told(
    phone, app, work, somebody, link_id
) -> None:
    with work(somebody):
        on_duty(DutyKind.IN_CHARGE, NURSE_ID)
    phone.open()
    phone.press("/begin")
    for _ in range(3):
        page = phone.press("/birth", day="1", month="1", year="1990")

    assert ENDED in words(page)
    assert "Maya" not in page.text
    assert phone.press("/new").status_code == 404
    other = Phone(app, link_id)
    assert ENDED in words(other.open())
    assert link_of(app, somebody, link_id).locked_at is not None
    with app.app_context(), act_as(somebody):
        (told,) = db.session.scalars(select(Message).where(Message.user_id == NURSE_ID))
        assert told.purpose == "link-locked"
        assert db.session.scalars(select(PrivateLink)).all()[-1].id == link_id


def test_many_tries_at_once_are_three(app, link_id, somebody) -> None:
    phones = [Phone(app, link_id) for _ in range(4)]
    for phone in phones:
        phone.open()
        phone.press("/begin")

    def wrong(phone: Phone) -> str:
        return words(phone.press("/birth", day="1", month="1", year="1990"))

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(wrong, phones))

    assert sum("left" in one for one in said) == 2
    assert link_of(app, somebody, link_id).wrong_births == 3
    assert ENDED in words(Phone(app, link_id).open())


@sqlite_only
def test_a_guess_looks_like_an_old_link_and_guessing_is_slowed(app, phone, clock) -> None:
    clock.advance(hours=73)
    old = phone.client.get(phone.beginning)
    guess = phone.client.get("/a/" + "A" * 43)

    assert old.status_code == guess.status_code == 404
    assert words(old) == words(guess)
    for number in range(40):
        last = phone.client.get(f"/a/{number:043d}")
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) > 0


@sqlite_only
def test_her_own_link_opens_although_somebody_guesses_beside_her(app, phone) -> None:
    for number in range(40):
        phone.client.get(f"/a/{number:043d}")

    assert phone.open().status_code == 200


@sqlite_only
def test_an_ended_link_shows_no_name_and_is_renewed_once_to_the_address_on_record(
    app, phone, clock, somebody, course_id
) -> None:
    clock.advance(hours=73)
    page = phone.open()
    assert "We can send you a new one." in words(page)
    assert "Maya" not in page.text

    assert "a new one is on its way" in words(phone.press("/new"))
    phone.open()
    phone.press("/new")

    with app.app_context(), act_as(somebody):
        links = db.session.scalars(select(PrivateLink).order_by(PrivateLink.n)).all()
        assert [link.n for link in links] == [1, 2]
        messages = db.session.scalars(select(Message).order_by(Message.put_at)).all()
        assert [one.address for one in messages] == ["+353 555 0141"] * 2
        assert links[1].patient_id == links[0].patient_id
    assert "Hello Maya" in words(Phone(app, links[1].id).open())


@sqlite_only
def test_an_answered_link_takes_no_further_answer(phone, app, somebody) -> None:
    phone.begin()
    phone.answer_all(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    before = answers(app, somebody)
    fields = {"csrf_token": csrf(phone), "answer": "3"}

    for place in ("/questions/9", "/finish", "/begin"):
        phone.client.post(phone.beginning + place, data=fields)

    assert answers(app, somebody) == before


def csrf(phone: Phone) -> str:
    """The token for forms of her browser."""
    other = phone.client.get("/a/nobody").text
    return other.split('csrf_token" value="')[1].split('"')[0]


@sqlite_only
def test_the_token_of_one_form_opens_no_other(app, work, somebody, course_id, link_id) -> None:
    with work(somebody):
        other = sent(course_id, parts=[PartRef("scale", "GAD7")], subject=("evaluation", "b")).id
    phone = Phone(app, link_id)
    phone.begin()
    phone.answer(1, "2")

    with app.app_context(), act_as(somebody):
        rows = db.session.scalars(select(LinkAnswer)).all()
        assert {row.link_id for row in rows} == {link_id}
    again = Phone(app, other, phone.client)
    assert "Feeling nervous" in again.begin().text


@sqlite_only
def test_a_withdrawn_link_opens_nothing_and_its_message_is_not_sent(
    app, work, somebody, phone, link_id
) -> None:
    with work(somebody):
        withdraw_link(link_id)

    assert ENDED in words(phone.open())
    with app.app_context(), act_as(somebody):
        (message,) = db.session.scalars(select(Message)).all()
        assert (message.state, message.sealed) == ("withdrawn", None)


@sqlite_only
def test_a_known_phone_is_no_other_womans(app, work, somebody, phone, course_id) -> None:
    phone.begin()
    with work(somebody):
        version = course_or_raise(course_id).protocol_version_id
        other = make_patient(number="P-1002", given_name="Ida", family_name="Berg")
        other.phone, other.contact_by = "555 0177", ContactBy.SMS
        link = sent(open_course(other.id, db.session.get_one(ProtocolVersion, version).id).id).id

    hers = Phone(app, link, phone.client)
    hers.open()

    assert "What is your date of birth?" in words(hers.press("/begin"))


@sqlite_only
def test_a_person_of_the_staff_who_opens_it_acts_as_nobody(
    app, work, somebody, link_id, desk
) -> None:
    desk.get("/patients")
    phone = Phone(app, link_id, desk.client)

    page = phone.begin()

    assert "Little interest" in page.text
    assert "Aiko" not in page.text
    with app.app_context(), act_as(somebody):
        link = db.session.scalars(select(PrivateLink)).one()
        assert link.opened_at is not None


def test_a_link_of_the_other_clinic_stays_there(app, work, stranger, somebody, phone) -> None:
    phone.begin()
    phone.answer(1, "2")

    with work(stranger):
        assert db.session.scalars(select(PrivateLink)).all() == []
        assert db.session.scalars(select(LinkAnswer)).all() == []
        assert db.session.scalars(select(KnownPhone)).all() == []


def test_a_door_cannot_lead_to_a_link_of_another_clinic(app, stranger, link_id, somebody) -> None:
    with app.app_context(), act_as(somebody):
        link = db.session.scalars(select(PrivateLink)).one()
        about = {"patient_id": link.patient_id, "timezone": "Europe/Dublin"}
    door = LinkDoor(clinic_id=stranger.clinic_id, link_id=link_id, token_hash="x" * 64, **about)

    with app.app_context():
        db.session.add(door)
        with pytest.raises(IntegrityError):
            db.session.flush()


def test_what_is_sent_twice_is_one_link_and_one_message(app, somebody, course_id) -> None:
    def send(_number: int) -> None:
        with app.app_context(), act_as(somebody), job():
            sent(course_id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))

    with app.app_context(), act_as(somebody):
        assert len(db.session.scalars(select(PrivateLink)).all()) == 1
        assert len(db.session.scalars(select(Message)).all()) == 1


@sqlite_only
def test_another_form_for_the_same_waits_until_the_first_is_withdrawn(
    work, somebody, course_id, link_id
) -> None:
    with pytest.raises(Unprocessable, match="still runs"), work(somebody):
        sent(course_id, parts=[PartRef("scale", "GAD7")])

    with work(somebody):
        tablet = sent(course_id, way=LinkWay.TABLET)
        assert db.session.get_one(PrivateLink, link_id).withdrawn_at is not None
        assert tablet.n == 2


@sqlite_only
def test_what_staff_asked_meanwhile_is_not_begun_again(phone, work, somebody, course_id) -> None:
    with work(somebody):
        used(course_id, "PHQ9", items(10, 0))

    assert ENDED in words(phone.open())


@pytest.mark.parametrize("code", ["EPDS", "MADRS", "HAMD17", "CSSRS_SCREEN_SLC", "CGII", "NONE"])
@sqlite_only
def test_no_wording_without_evidence_and_nothing_that_staff_ask_goes_by_link(
    work, somebody, course_id, code
) -> None:
    with pytest.raises(Unprocessable) as refusal, work(somebody):
        send_link(course_or_raise(course_id), parts=[PartRef("scale", code)], subject=ASKED)

    assert refusal.value.fields["parts"][0].endswith(".")


@sqlite_only
def test_without_the_numbers_or_her_agreement_nothing_goes_out(work, somebody, course_id) -> None:
    with work(somebody):
        course = course_or_raise(course_id)
        db.session.get_one(Patient, course.patient_id).contact_by = None
        assert "has not been asked" in why_no_link(course, PHQ9, ASKED)
        settings_row().crisis_line = None
        assert "enters the crisis line first" in why_no_link(course, PHQ9, ASKED)


@sqlite_only
def test_the_cookie_of_a_phone_is_for_this_server_alone_and_for_no_script(app, link_id) -> None:
    app.config["SECURE_COOKIES"] = True
    phone = Phone(app, link_id, app.test_client())
    phone.client.environ_base["wsgi.url_scheme"] = "https"
    phone.open()
    phone.press("/begin")

    answer = phone.client.post(
        f"{phone.beginning}/birth",
        data=BORN | {"csrf_token": phone.page.text.split('csrf_token" value="')[1].split('"')[0]},
    )

    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if "phone=" in one)
    assert cookie.startswith("__Host-phone=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
