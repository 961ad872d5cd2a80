"""This file is about the wall between clinics: nothing is written through it or around it."""

import uuid

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from clinic.core.acting import NobodyIsActing, act_as, set_acting
from clinic.core.audit import AuditEvent
from clinic.core.db import apart, db
from clinic.core.tenancy import TenancyError
from tests.conftest import Work
from tests.core.trial import HERE, THERE, Bed, Reading, Town, Ward


@pytest.fixture
def theirs(work: Work) -> Ward:
    """The other clinic's ward, as somebody there saw it."""
    with work(THERE):
        return db.session.scalars(select(Ward)).one()


def keep(record: Ward, **values: object) -> None:
    """Change a record and put it into the transaction that is open."""
    db.session.add(record)
    for name, value in values.items():
        setattr(record, name, value)


def wards_there(work: Work) -> list[tuple[str, uuid.UUID]]:
    with work(THERE):
        return [(ward.name, ward.clinic_id) for ward in db.session.scalars(select(Ward))]


def test_a_new_row_belongs_to_the_clinic_somebody_acts_for(work: Work) -> None:
    with work(HERE):
        ward = Ward(name="new")
        db.session.add(ward)

    assert ward.clinic_id == HERE.clinic_id


def test_a_new_row_cannot_name_another_clinic(work: Work) -> None:
    with pytest.raises(TenancyError, match="belongs to another clinic"), work(HERE):
        db.session.add(Ward(name="smuggled", clinic_id=THERE.clinic_id))

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_a_row_cannot_be_given_to_another_clinic(work: Work) -> None:
    with pytest.raises(TenancyError), work(HERE):
        db.session.scalars(select(Ward)).one().clinic_id = THERE.clinic_id

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_a_row_of_another_clinic_cannot_be_changed(theirs: Ward, work: Work) -> None:
    with pytest.raises(TenancyError), work(HERE):
        keep(theirs, name="taken over")

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_a_row_of_another_clinic_cannot_be_renamed_and_claimed(theirs: Ward, work: Work) -> None:
    with pytest.raises(TenancyError), work(HERE):
        keep(theirs, name="taken over", clinic_id=HERE.clinic_id)

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_a_row_of_another_clinic_cannot_be_deleted(theirs: Ward, work: Work) -> None:
    with pytest.raises(TenancyError), work(HERE):
        db.session.delete(theirs)

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_a_row_of_another_clinic_cannot_be_merged_over(theirs: Ward, work: Work) -> None:
    with pytest.raises((TenancyError, IntegrityError)), work(HERE):
        db.session.merge(Ward(id=theirs.id, name="taken over"))

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_a_child_cannot_hang_on_another_clinics_parent(theirs: Ward, work: Work) -> None:
    with pytest.raises(IntegrityError), work(HERE):
        db.session.add(Bed(ward_id=theirs.id, label="across"))

    with work(HERE):
        assert db.session.scalars(select(Bed.label)).all() == ["mine"]


def test_a_child_cannot_be_moved_to_another_clinics_parent(theirs: Ward, work: Work) -> None:
    with pytest.raises(IntegrityError), work(HERE):
        db.session.scalars(select(Bed)).one().ward_id = theirs.id

    with work(HERE):
        assert db.session.scalars(select(Bed)).one().ward.name == "mine"


def test_a_child_cannot_be_appended_to_another_clinics_parent(theirs: Ward, work: Work) -> None:
    with pytest.raises((TenancyError, IntegrityError)), work(HERE):
        db.session.add(Bed(ward=theirs, label="across"))


def test_the_same_code_may_be_used_in_two_clinics_and_once_in_each(work: Work) -> None:
    with work(HERE):
        db.session.add(Reading(code="theirs", value=1))

    with pytest.raises(IntegrityError), work(HERE):
        db.session.add(Reading(code="theirs", value=2))


BULK = {
    "an update": lambda: update(Ward).values(name="x"),
    "an update of a bare table": lambda: update(Ward.__table__).values(name="x"),
    "an update of a public table": lambda: update(Town).values(name="x"),
    "an update that returns": lambda: update(Ward).values(name="x").returning(Ward.id),
    "a delete": lambda: delete(Ward),
    "a delete of a bare table": lambda: delete(Ward.__table__),
    "an insert": lambda: insert(Ward).values(name="x", clinic_id=THERE.clinic_id),
    "an insert that returns": lambda: insert(Ward).values(name="x").returning(Ward.id),
    "an insert from a select": lambda: insert(Town).from_select(["name"], select(Ward.name)),
    "an insert into the trail": lambda: insert(AuditEvent).values(action="forged"),
}


def test_bulk_statements_are_refused(work: Work) -> None:
    let_through = []
    for name, statement in BULK.items():
        try:
            with work(HERE):
                db.session.execute(statement())
            let_through.append(name)
        except TenancyError:
            pass

    assert not let_through


def test_bulk_methods_are_refused(work: Work) -> None:
    with work(HERE):
        session = db.session()
        for write in (
            lambda: session.bulk_save_objects([Ward(name="x")]),
            lambda: session.bulk_insert_mappings(Ward, [{"name": "x"}]),
            lambda: session.bulk_update_mappings(Ward, [{"name": "x"}]),
            lambda: session.query(Ward).update({"name": "x"}),
            lambda: session.query(Ward).delete(),
        ):
            with pytest.raises((TenancyError, RuntimeError)):
                write()

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_no_savepoint_can_hide_a_row_from_the_trail(work: Work) -> None:
    with work(HERE), pytest.raises(RuntimeError, match="no savepoints"):
        db.session.begin_nested()


def test_nobody_writes_before_somebody_acts(app) -> None:
    with app.app_context():
        db.session.add(Ward(name="nobody's"))
        with pytest.raises(NobodyIsActing):
            db.session.flush()


def test_a_transaction_apart_cannot_write_through_the_wall(app, work: Work) -> None:
    with app.app_context(), act_as(HERE), pytest.raises(TenancyError), apart() as session:
        session.add(Ward(name="smuggled", clinic_id=THERE.clinic_id))

    assert wards_there(work) == [("theirs", THERE.clinic_id)]


def test_a_second_person_cannot_act_at_the_same_time(work: Work) -> None:
    with work(HERE), pytest.raises(RuntimeError, match="already acting"):
        set_acting(THERE)
