"""This file is about delivering: a real mail server, a real gateway, nothing twice, retries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import text

from clinic.core.db import db
from clinic.core.errors import Unprocessable
from clinic.messages.actions import Telling, delivering, withdraw_messages
from clinic.messages.rules import MOST_TRIES
from clinic.patients.rules import ContactBy
from tests.desk import NURSE_ID
from tests.messages.room import WORDS

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@sqlite_only
def test_a_text_goes_to_the_gateway_as_its_contract_says(post, gateway) -> None:
    message_id = post.put()

    assert post.deliver() == 1

    (asked,) = gateway.asked
    assert (asked["path"], asked["to"]) == ("/v1/texts", "+3535550141")
    assert asked["text"] == f"{WORDS}\nHarbour team"
    assert asked["headers"]["Authorization"] == "Bearer gateway-token"
    assert asked["headers"]["Idempotency-Key"] == str(message_id)
    assert asked["headers"]["Content-Type"] == "application/json"
    (row,) = post.rows
    assert (row.state, row.tries, row.sealed) == ("sent", 1, None)


@sqlite_only
def test_a_letter_goes_to_the_mail_server_with_neutral_words_around_it(post, mail) -> None:
    post.set_her(contact_by=ContactBy.EMAIL)
    message_id = post.put()

    assert post.deliver() == 1

    (envelope,) = mail.letters
    letter = message_from_bytes(envelope.content)
    assert envelope.rcpt_tos == ["maya@home.example"]
    assert letter["Subject"] == "A message for you"
    assert letter["From"] == "Harbour team <team@clinic.example>"
    assert letter["Message-ID"] == f"<{message_id}@clinic.example>"
    assert letter.get_content_type() == "text/plain"
    assert WORDS in letter.get_payload(decode=True).decode()
    assert "Osei" not in envelope.content.decode()


@sqlite_only
def test_a_person_of_the_staff_is_written_to_at_any_hour(post, mail, clock) -> None:
    clock.advance(hours=14)
    post.put("x", user_id=NURSE_ID, patient_id=None, text="Please sign in.")

    assert post.deliver() == 1
    assert mail.letters[0].rcpt_tos == ["nurse@clinic.example"]


@sqlite_only
def test_in_her_quiet_hours_nothing_goes_out(post, gateway, clock) -> None:
    clock.advance(hours=13)
    post.put()

    assert post.deliver() == 0
    clock.advance(hours=10)
    assert post.deliver() == 1


@sqlite_only
def test_her_own_time_zone_counts(post, gateway, clock) -> None:
    post.set_her(timezone="Asia/Tokyo")
    clock.advance(hours=4)
    post.put()

    assert post.rows[0].not_before_at == clock.now + timedelta(hours=10)
    assert post.deliver() == 0


def test_the_same_thing_is_never_put_twice(post, gateway) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: post.put(), range(4)))

    assert [row.key for row in post.rows] == ["link:1"]


def test_two_jobs_at_once_send_nothing_twice(post, gateway) -> None:
    for number in range(4):
        post.put(f"link:{number}")

    with ThreadPoolExecutor(3) as pool:
        sent = list(pool.map(lambda _: post.deliver(), range(3)))

    assert sum(sent) == 4
    assert len({one["headers"]["Idempotency-Key"] for one in gateway.asked}) == 4
    assert len(gateway.asked) == 4


@pytest.mark.parametrize("status", [503, 429])
@sqlite_only
def test_what_a_gateway_cannot_take_now_is_tried_again_under_the_same_key(
    post, gateway, clock, status
) -> None:
    gateway.answers = [status]
    post.put()

    assert post.deliver() == 0
    assert post.rows[0].fault == f"gateway answered {status}"
    assert post.deliver() == 0
    clock.advance(minutes=1)
    assert post.deliver() == 1

    keys = {one["headers"]["Idempotency-Key"] for one in gateway.asked}
    assert (len(gateway.asked), len(keys)) == (2, 1)


@pytest.mark.parametrize("status", [401, 422])
@sqlite_only
def test_what_a_gateway_refuses_is_not_tried_again(post, gateway, clock, status) -> None:
    gateway.answers = [status]
    post.put()

    assert post.deliver() == 0
    clock.advance(hours=9)
    assert post.deliver() == 0

    (row,) = post.rows
    assert (row.state, row.sealed, len(gateway.asked)) == ("failed", None, 1)


@sqlite_only
def test_what_the_gateway_has_already_counts_as_sent(post, gateway) -> None:
    gateway.answers = [409]
    post.put()

    assert post.deliver() == 1


@sqlite_only
def test_a_redirect_is_not_followed(post, gateway) -> None:
    gateway.answers = [302]
    post.put()

    assert post.deliver() == 0
    assert len(gateway.asked) == 1


@sqlite_only
def test_after_the_last_try_it_has_failed(post, gateway, clock) -> None:
    gateway.answers = [500] * 20
    post.put()

    for _ in range(MOST_TRIES + 3):
        post.deliver()
        clock.advance(hours=5)

    (row,) = post.rows
    assert (row.state, row.tries) == ("failed", MOST_TRIES)
    assert len(gateway.asked) == MOST_TRIES


@sqlite_only
def test_a_mail_server_that_refuses_an_address_is_believed_and_one_that_is_busy_asked_again(
    post, mail, clock
) -> None:
    mail.answers = ["451 later", "550 no such mailbox"]
    post.set_her(contact_by=ContactBy.EMAIL)
    post.put()

    post.deliver()
    assert post.rows[0].state == "waiting"
    clock.advance(minutes=2)
    post.deliver()

    assert post.rows[0].state == "failed"


@sqlite_only
def test_a_carrier_that_is_away_keeps_nothing_but_the_message_waiting(post) -> None:
    post.app.config.update(SMS_URL="http://127.0.0.1:9/", SMS_TOKEN="t")
    post.put()

    assert post.deliver() == 0
    (row,) = post.rows
    assert (row.state, row.fault) == ("waiting", "gateway: ConnectionRefusedError")


@sqlite_only
def test_a_job_that_died_half_way_is_taken_up_under_the_same_key(
    post, gateway, clock, monkeypatch
) -> None:

    post.put()
    with monkeypatch.context() as dying:
        dying.setattr(delivering, "carry", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            post.deliver()

    assert post.deliver() == 0
    clock.advance(minutes=16)
    assert post.deliver() == 1
    assert len(gateway.asked) == 1


@sqlite_only
def test_she_who_takes_her_agreement_back_gets_nothing_more(post, gateway) -> None:
    post.put()
    post.set_her(contact_by=ContactBy.NOT_AT_ALL)

    assert post.deliver() == 0
    assert post.rows[0].state == "withdrawn"
    with pytest.raises(Unprocessable, match="does not want"):
        post.put("link:2")


@sqlite_only
def test_what_was_withdrawn_is_not_sent(post, gateway) -> None:
    for key in ("link:1", "link:1:reminder:1", "link:2"):
        post.put(key)
    with post.work(post.somebody):
        assert withdraw_messages("link:1") == 2

    assert post.deliver() == 1


@sqlite_only
def test_a_text_that_tells_is_refused(post, gateway) -> None:
    with pytest.raises(Telling, match="depression"):
        post.put(text="Your depression score is due")


@sqlite_only
def test_neither_database_nor_trail_shows_what_waits_to_be_sent(post, gateway) -> None:
    post.put()

    with post.app.app_context(), db.engine.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM message")).all())
        trail = str(connection.execute(text("SELECT body FROM audit_event")).all())
    assert "TOKEN" not in stored + trail
    assert "(secret)" in trail
