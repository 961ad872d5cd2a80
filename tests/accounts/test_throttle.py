"""This file is about wrong tries: five, then a pause that doubles, for one person and no other."""

import threading

import pytest
from flask import Flask, request

from clinic import create_app
from clinic.core.acting import NobodyIsActing
from clinic.core.db import db
from clinic.core.permissions import Permission, requires
from clinic.core.signatures import prove
from tests.accounts.browser import A_PAGE, NURSE, Browser, bodies, refusal, trail
from tests.clock import Clock
from tests.conftest import configuration
from tests.factories import PASSWORD

PSYCHIATRIST = "psychiatrist@clinic.example"
WRONG = "not the password at all"
NOT_RIGHT = "Work email or password is not right."


def fail(visitor: Browser, times: int, email: str = NURSE) -> str:
    """Be wrong; what was said last."""
    said = ""
    for _ in range(times):
        said = refusal(visitor.sign_in(email=email, password=WRONG))
    return said


def test_each_wrong_try_says_how_many_are_left(visitor: Browser) -> None:
    said = [fail(visitor, 1) for _ in range(5)]

    assert said == [
        f"{NOT_RIGHT} 4 tries left, then a 30 s pause.",
        f"{NOT_RIGHT} 3 tries left, then a 30 s pause.",
        f"{NOT_RIGHT} 2 tries left, then a 30 s pause.",
        f"{NOT_RIGHT} 1 try left, then a 30 s pause.",
        f"{NOT_RIGHT} Wait 30 s, then try again.",
    ]


def test_in_a_pause_even_the_right_password_waits(visitor: Browser, clock: Clock) -> None:
    fail(visitor, 5)
    clock.advance(seconds=29)

    response = visitor.sign_in()

    assert response.status_code == 429
    assert refusal(response) == "Too many tries. Wait 1 s, then try again."
    assert 1 <= int(response.headers["Retry-After"]) <= 2
    clock.advance(seconds=1)
    assert visitor.sign_in().status_code == 302


def test_the_pause_doubles_and_never_passes_15_minutes(visitor: Browser, clock: Clock) -> None:
    said = [fail(visitor, 5)]
    for seconds in (30, 60, 120, 240, 480, 900):
        clock.advance(seconds=seconds)
        said.append(fail(visitor, 1))

    pauses = [words.removeprefix(f"{NOT_RIGHT} Wait ").split(",")[0] for words in said]
    assert pauses == ["30 s", "60 s", "2 min", "4 min", "8 min", "15 min", "15 min"]


def test_tries_in_a_pause_do_not_make_it_longer(visitor: Browser, clock: Clock) -> None:
    fail(visitor, 5)
    fail(visitor, 10)
    clock.advance(seconds=30)

    assert visitor.sign_in().status_code == 302


def test_the_right_password_starts_the_count_afresh(visitor: Browser) -> None:
    fail(visitor, 4)
    visitor.sign_in()
    visitor.sign_out()

    assert "4 tries left" in fail(visitor, 1)


def test_wrong_tries_are_forgotten_after_an_hour(visitor: Browser, clock: Clock) -> None:
    fail(visitor, 4)
    clock.advance(hours=1)

    assert "4 tries left" in fail(visitor, 1)


def test_nobody_else_waits_with_her(visitor: Browser) -> None:
    fail(visitor, 6)

    assert visitor.sign_in(email=PSYCHIATRIST).status_code == 302


def test_a_name_that_nobody_has_waits_like_any_other(visitor: Browser) -> None:
    assert fail(visitor, 5, "nobody@clinic.example").endswith("Wait 30 s, then try again.")


@pytest.mark.parametrize("spelling", [" NURSE@clinic.example", "ｎurse@clinic.example"])
def test_another_spelling_of_a_name_has_no_tries_of_its_own(
    visitor: Browser, spelling: str
) -> None:
    """A22: look-alike names."""
    fail(visitor, 4)

    assert fail(visitor, 1, spelling).endswith("Wait 30 s, then try again.")


def test_another_address_has_no_tries_of_its_own_for_the_same_name(clinic_app: Flask) -> None:
    said = [fail(Browser(clinic_app, f"192.0.2.{number}"), 1) for number in range(5)]

    assert said[-1].endswith("Wait 30 s, then try again.")


def test_one_address_that_tries_many_names_is_paused(clinic_app: Flask) -> None:
    guesser, elsewhere = Browser(clinic_app, "203.0.113.9"), Browser(clinic_app, "192.0.2.7")
    for number in range(20):
        fail(guesser, 1, f"{number}@clinic.example")

    assert guesser.sign_in(email=PSYCHIATRIST).status_code == 429
    assert elsewhere.sign_in(email=PSYCHIATRIST).status_code == 302


def test_right_passwords_cost_a_shared_address_nothing(visitor: Browser) -> None:
    for _ in range(25):
        assert visitor.sign_in().status_code == 302
        visitor.sign_out()


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_a_forged_header_makes_no_new_address(clinic_app: Flask, header: str) -> None:
    """A30: a way round the pause."""
    for number in range(20):
        forger = Browser(clinic_app, "203.0.113.9", **{header: f"198.51.100.{number}"})
        fail(forger, 1, f"{number}@clinic.example")

    response = Browser(clinic_app, "203.0.113.9", **{header: "198.51.100.99"}).sign_in()

    assert response.status_code == 429


def test_a_restart_does_not_end_a_pause(visitor: Browser, database_uri: str, clock: Clock) -> None:
    """A30: a way round the pause."""
    fail(visitor, 5)

    restarted = create_app(configuration(database_uri), clock=clock)

    answer = Browser(restarted).sign_in().status_code
    with restarted.app_context():
        db.engine.dispose()
    assert answer == 429


def test_forty_tries_at_once_are_forty_tries(clinic_app: Flask) -> None:
    answers: list[str] = []
    senders = [Browser(clinic_app, f"192.0.2.{number}") for number in range(8)]
    for sender in senders:
        sender.get("/sign-in")
    barrier = threading.Barrier(len(senders))

    def guess(sender: Browser) -> None:
        barrier.wait()
        answers.extend(refusal(sender.sign_in(password=WRONG)) for _ in range(5))

    threads = [threading.Thread(target=guess, args=(sender,)) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    looked_at = [words for words in answers if words.startswith(NOT_RIGHT)]
    assert len(answers) == 40
    assert len(looked_at) == 5


def test_the_first_wrong_try_of_a_pause_is_in_the_trail_and_no_name_is(visitor: Browser) -> None:
    fail(visitor, 8, "somebody-secret@clinic.example")

    assert trail(visitor.app, "wrong-proof", "pause") == ["wrong-proof"] * 5 + ["pause"]
    assert "somebody-secret" not in bodies(visitor.app)


def test_a_wrong_password_on_the_password_page_counts_and_is_counted_by_itself(
    visitor: Browser,
) -> None:
    visitor.sign_in()
    for _ in range(5):
        response = visitor.post(A_PAGE, page=A_PAGE, password=WRONG)
    assert "The password you have now is not right. Wait 30 s" in response.text

    assert visitor.post(A_PAGE, page=A_PAGE, password=PASSWORD).status_code == 429
    assert Browser(visitor.app).sign_in().status_code == 302


@pytest.fixture
def signing(clinic_app: Flask) -> Browser:
    """A signed-in browser with a page `/sign` that asks for the password."""

    def sign() -> str:
        prove(request.form["password"], "Aiko Kimura")
        return "signed"

    clinic_app.add_url_rule(
        "/sign", "sign", requires(Permission.OWN_ACCOUNT)(sign), methods=["POST"]
    )
    visitor = Browser(clinic_app)
    visitor.sign_in()
    return visitor


def test_a_signature_takes_the_own_password_and_no_other(signing: Browser) -> None:
    wrong = signing.post("/sign", page=A_PAGE, password=WRONG)
    right = signing.post("/sign", page=A_PAGE, password=PASSWORD)

    assert (wrong.status_code, right.status_code) == (422, 200)
    assert "Enter your own password to sign." in wrong.text


def test_wrong_passwords_at_signatures_are_paused_and_in_the_trail(
    signing: Browser, clock: Clock
) -> None:
    for _ in range(5):
        signing.post("/sign", page=A_PAGE, password=WRONG)
    paused = signing.post("/sign", page=A_PAGE, password=PASSWORD)
    clock.advance(seconds=30)
    after = signing.post("/sign", page=A_PAGE, password=PASSWORD)

    assert (paused.status_code, after.status_code) == (429, 200)
    assert "Too many tries. Wait 30 s" in paused.text
    assert trail(signing.app, "wrong-proof") == ["wrong-proof"] * 5


def test_nobody_outside_keeps_her_from_signing(signing: Browser) -> None:
    fail(Browser(signing.app, "203.0.113.9"), 8)

    assert signing.post("/sign", page=A_PAGE, password=PASSWORD).status_code == 200


def test_a_right_signature_forgets_the_wrong_ones(signing: Browser) -> None:
    for _ in range(4):
        signing.post("/sign", page=A_PAGE, password=WRONG)
    signing.post("/sign", page=A_PAGE, password=PASSWORD)
    for _ in range(4):
        signing.post("/sign", page=A_PAGE, password=WRONG)

    assert signing.post("/sign", page=A_PAGE, password=PASSWORD).status_code == 200


def test_nobody_acting_signs_nothing(clinic_app: Flask) -> None:
    with clinic_app.test_request_context("/"), pytest.raises(NobodyIsActing):
        prove(PASSWORD, "Aiko Kimura")
