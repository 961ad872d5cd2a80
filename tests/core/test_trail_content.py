"""This file is about what the trail says of each change: who, when, what was there, what is now."""

from decimal import Decimal

from sqlalchemy import select

from clinic.core import audit
from clinic.core.db import apart, db, job
from clinic.core.tenancy import NO_CLINIC, naming
from tests.conftest import Work
from tests.core.raw import intruder
from tests.core.trail import events, newest
from tests.core.trial import HERE, PATIENT, THERE, Colour, Ward


def test_a_new_row_is_told_with_all_its_values_and_its_defaults(app, work: Work) -> None:
    with work(HERE):
        ward = Ward(name="north", colour=Colour.GREEN, height=Decimal("2.50"), patient_id=PATIENT)
        db.session.add(ward)

    event = newest(app)
    assert event == {
        "action": "create",
        "actor": str(HERE.actor_id),
        "at": "2026-03-12T09:00:00+00:00",
        "chain": str(HERE.clinic_id),
        "detail": {
            "clinic_id": [None, str(HERE.clinic_id)],
            "colour": [None, "deep-green"],
            "height": [None, "2.50"],
            "id": [None, str(ward.id)],
            "name": [None, "north"],
            "patient_id": [None, str(PATIENT)],
            "version": [None, 1],
        },
        "patient": str(PATIENT),
        "record": str(ward.id),
        "request": None,
        "seq": len(events(app)),
        "type": "Ward",
    }


def test_a_change_is_told_with_the_old_and_the_new_value(app, work: Work, clock) -> None:
    clock.advance(minutes=5)

    with work(HERE):
        db.session.scalars(select(Ward)).one().name = "renamed"

    event = newest(app)
    assert event["detail"] == {"name": ["mine", "renamed"]}
    assert (event["action"], event["at"]) == ("update", "2026-03-12T09:05:00+00:00")


def test_the_old_value_is_known_even_when_the_row_was_not_loaded_again(app, work: Work) -> None:
    with work(HERE):
        ward = db.session.scalars(select(Ward)).one()
        db.session.expire(ward)
        ward.phone = None
        ward.name = "renamed"

    assert newest(app)["detail"]["name"] == ["mine", "renamed"]
    assert newest(app)["detail"]["phone"][1] is None
    assert newest(app)["detail"]["phone"][0].startswith("enc:")


def test_a_value_written_over_by_itself_is_no_change(app, work: Work) -> None:
    before = events(app)

    with work(HERE):
        db.session.scalars(select(Ward)).one().name = "mine"

    assert events(app) == before


def test_a_deleted_row_is_told_with_what_it_held(app, work: Work) -> None:
    with work(HERE):
        ward = Ward(name="short-lived", door_code="4711")
        db.session.add(ward)
    with work(HERE):
        db.session.delete(db.session.get(Ward, ward.id))

    event = newest(app)
    assert (event["action"], event["record"]) == ("delete", str(ward.id))
    assert event["detail"]["name"] == ["short-lived", None]
    assert event["detail"]["door_code"] == ["(secret)", None]


def test_a_secret_is_only_said_to_have_changed(app, work: Work, database_uri) -> None:
    with work(HERE):
        db.session.scalars(select(Ward)).one().door_code = "4711"

    assert newest(app)["detail"]["door_code"] == [None, "(secret)"]
    with intruder(database_uri) as connection:
        bodies = connection.execute("SELECT body FROM audit_event").fetchall()
    assert not any("4711" in body for (body,) in bodies)


def test_a_sensitive_value_is_ciphertext_that_the_program_can_read(app, work: Work) -> None:
    with work(HERE):
        db.session.scalars(select(Ward)).one().phone = "01 234"

    old, new = newest(app)["detail"]["phone"]
    assert "01 234" not in new
    with app.app_context():
        assert (audit.unmasked(old), audit.unmasked(new)) == ("mine phone", "01 234")


def test_a_rollback_leaves_nothing(app, work: Work) -> None:
    before = events(app)

    with work(HERE):
        db.session.add(Ward(name="gone"))
        db.session.flush()
        db.session.rollback()

    assert events(app) == before


def test_a_rolled_back_note_is_not_written_by_the_next_transaction(app, work: Work) -> None:
    before = len(events(app))

    with work(HERE):
        audit.note(db.session(), "export", "never-happened")
        db.session.rollback()
        audit.note(db.session(), "export", "happened")

    assert [event["type"] for event in events(app)[before:]] == ["happened"]


def test_several_flushes_of_one_transaction_are_told_in_their_order(app, work: Work) -> None:
    before = len(events(app))

    with work(HERE):
        ward = Ward(name="one")
        db.session.add(ward)
        db.session.flush()
        ward.name = "two"
        db.session.flush()
        ward.name = "three"

    told = [event["detail"]["name"] for event in events(app)[before:]]
    assert told == [[None, "one"], ["one", "two"], ["two", "three"]]


def test_a_note_keeps_its_details_and_its_patient(app, work: Work) -> None:
    with work(HERE):
        audit.note(
            db.session(), "export", "Outcomes", patient_id=PATIENT, rows=12, form="csv", ward="ä"
        )

    event = newest(app)
    assert (event["action"], event["type"], event["patient"]) == (
        "export",
        "Outcomes",
        str(PATIENT),
    )
    assert event["detail"] == {"form": "csv", "rows": 12, "ward": "ä"}


def test_each_clinic_has_a_chain_and_so_has_what_belongs_to_none(app, work: Work) -> None:
    here, there = len(events(app)), len(events(app, THERE.clinic_id))

    with work(THERE):
        audit.note(db.session(), "export", "theirs")
    with app.app_context(), apart() as session:
        audit.note(session, "sign-in-failed", "User", actor_id=HERE.actor_id, reason="password")

    assert len(events(app)) == here
    assert [event["type"] for event in events(app, THERE.clinic_id)[there:]] == ["theirs"]
    event = newest(app, NO_CLINIC)
    assert (event["actor"], event["detail"]) == (str(HERE.actor_id), {"reason": "password"})


def test_a_row_of_the_trail_repeats_what_a_look_up_needs(app, work: Work, clock) -> None:
    with work(HERE):
        audit.note(db.session(), "open", "patients.show", patient_id=PATIENT)

    with app.app_context(), naming(HERE.clinic_id):
        found = select(audit.AuditEvent).where(audit.AuditEvent.patient_id == PATIENT)
        row = db.session.scalars(found.order_by(audit.AuditEvent.seq.desc()).limit(1)).one()
        assert (row.action, row.chain_id, row.occurred_at) == ("open", HERE.clinic_id, clock.now)


def test_the_log_of_entries_counts_up_and_a_rollback_gives_the_number_back(app, work: Work) -> None:
    with work(HERE):
        first = audit.next_log_seq()
    with work(HERE):
        audit.next_log_seq()
        db.session.rollback()
    with work(HERE):
        second = audit.next_log_seq()
        shown = audit.log_seq(HERE.clinic_id)
    with work(THERE):
        elsewhere = audit.next_log_seq()

    assert (first, second, shown, elsewhere) == (1, 2, 2, 1)


def test_a_job_without_a_person_can_still_write_what_belongs_to_no_clinic(app) -> None:
    from tests.core.trial import Town

    with app.app_context(), job():
        db.session.add(Town(name="new town"))

    event = newest(app, NO_CLINIC)
    assert (event["actor"], event["detail"]["name"]) == (None, [None, "new town"])
