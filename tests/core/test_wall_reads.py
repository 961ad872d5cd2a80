"""This file is about the wall between clinics: nothing of another clinic can be read."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    bindparam,
    case,
    distinct,
    exists,
    func,
    join,
    literal,
    literal_column,
    select,
    table,
    text,
    union,
)
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import (
    Bundle,
    aliased,
    contains_eager,
    joinedload,
    selectinload,
    subqueryload,
    undefer,
)

from clinic.core.acting import NobodyIsActing, act_as
from clinic.core.db import apart, db
from clinic.core.tenancy import TenancyError
from tests.conftest import Work
from tests.core.trial import HERE, THERE, Bed, Reading, Town, Ward

WARDS = Ward.__table__
OTHER_WARDS = WARDS.alias()
OTHER_WARD = aliased(Ward)

# What each would find if there were no wall: a row, a name or a count of the other clinic.
READS: dict[str, tuple[Callable[[], Any], list[Any]]] = {
    "records": (lambda: select(Ward).with_only_columns(Ward.name), ["mine"]),
    "one column": (lambda: select(Ward.name), ["mine"]),
    "a count": (lambda: select(func.count()).select_from(Ward), [1]),
    "a count of a column": (lambda: select(func.count(Ward.id)), [1]),
    "a distinct count": (lambda: select(func.count(distinct(Ward.name))), [1]),
    "a maximum": (lambda: select(func.max(Ward.name)), ["mine"]),
    "a count of a subquery": (
        lambda: select(func.count()).select_from(select(Ward).subquery()),
        [1],
    ),
    "a column of a subquery": (lambda: select(select(Ward.name).subquery().c.name), ["mine"]),
    "a common table": (lambda: select(select(Ward.name).cte().c.name), ["mine"]),
    "a scalar subquery": (
        lambda: select(Bed).with_only_columns(select(func.max(Ward.name)).scalar_subquery()),
        ["mine"],
    ),
    "a bare table beside the class, uncorrelated": (
        lambda: select(Ward).with_only_columns(
            select(func.max(WARDS.c.name)).correlate(None).scalar_subquery()
        ),
        ["mine"],
    ),
    "an alias": (lambda: select(aliased(Ward).name), ["mine"]),
    "an alias of a bare table": (
        lambda: select(Town.name).join(OTHER_WARDS, Town.id == OTHER_WARDS.c.town_id),
        ["mine town"],
    ),
    "an alias of a subquery": (
        lambda: select(aliased(Ward, select(WARDS).subquery()).name),
        ["mine"],
    ),
    "an alias in a join": (
        lambda: select(OTHER_WARD.name).join(Town, OTHER_WARD.town_id == Town.id),
        ["mine"],
    ),
    "a join to a class": (lambda: select(Ward.name).join(Town, Ward.town_id == Town.id), ["mine"]),
    "a join to a bare table": (
        lambda: select(Town.name).join(WARDS, WARDS.c.town_id == Town.id),
        ["mine town"],
    ),
    "a join built outside": (
        lambda: select(Town.name).select_from(join(Town, Ward, Ward.town_id == Town.id)),
        ["mine town"],
    ),
    "an outer join": (
        lambda: select(Ward.name).select_from(Town).outerjoin(Ward).order_by(Town.name),
        ["mine", None],
    ),
    "a relationship in a join": (lambda: select(Town.name).join(Town.wards), ["mine town"]),
    "a relationship's any": (lambda: select(Town.name).where(Town.wards.any()), ["mine town"]),
    "a relationship's has": (lambda: select(Bed.label).where(Bed.ward.has(name="theirs")), []),
    "a condition alone": (
        lambda: select(Town.name).where(Ward.town_id == Town.id, Ward.name == "theirs"),
        [],
    ),
    "a condition on a literal": (lambda: select(literal(1)).where(Ward.name == "theirs"), []),
    "an exists without a select": (
        lambda: select(Town.name).where(exists().where(Ward.name == "theirs")),
        [],
    ),
    "an exists of a select": (
        lambda: select(Town.name).where(exists(select(Ward.id).where(Ward.name == "theirs"))),
        [],
    ),
    "an in of a select": (
        lambda: select(Town.name).where(Town.id.in_(select(Ward.town_id))),
        ["mine town"],
    ),
    "an in of a bare table": (
        lambda: select(Town.name).where(Town.id.in_(select(WARDS.c.town_id))),
        ["mine town"],
    ),
    "an in of a union": (
        lambda: select(Town.name).where(
            Town.id.in_(union(select(Ward.town_id), select(WARDS.c.town_id)))
        ),
        ["mine town"],
    ),
    "a union": (lambda: select(Ward.name).union(select(Reading.code)), ["mine"]),
    "a union of two": (lambda: union(select(Ward.name), select(Bed.label)), ["mine"]),
    "a case": (lambda: select(case((Ward.name == "theirs", "leak"), else_="no")), ["no"]),
    "a bare column beside the class": (
        lambda: select(Ward).add_columns(WARDS.c.name).with_only_columns(WARDS.c.name, Ward.id),
        ["mine"],
    ),
    "a bundle": (lambda: select(Bundle("b", Ward.name)).with_only_columns(Ward.name), ["mine"]),
    "a window": (lambda: select(func.max(Ward.name).over(order_by=Ward.id), Ward.id), ["mine"]),
}


def test_nothing_of_another_clinic_is_found_whatever_the_statement(work: Work) -> None:
    found = {}
    for name, (statement, _) in READS.items():
        with work(HERE):
            found[name] = list(db.session.scalars(statement()))

    assert found == {name: expected for name, (_, expected) in READS.items()}


def test_the_same_statement_serves_one_clinic_after_the_other(work: Work) -> None:
    found = []
    for somebody in (HERE, THERE, HERE, THERE):
        with work(somebody):
            found.append(db.session.scalars(select(Ward.name)).all())

    assert found == [["mine"], ["theirs"], ["mine"], ["theirs"]]


LOADS = {
    "lazily": (),
    "joined": (joinedload(Town.wards),),
    "selected": (selectinload(Town.wards),),
    "by subquery": (subqueryload(Town.wards),),
    "contained": (contains_eager(Town.wards),),
    "undeferred": (undefer("*"),),
}


@pytest.mark.parametrize("how", LOADS)
def test_a_relationship_stops_at_the_wall_when_loaded(how: str, work: Work) -> None:
    with work(HERE):
        statement = select(Town).options(*LOADS[how])
        if how == "contained":
            statement = statement.join(Town.wards)
        towns = db.session.scalars(statement).unique().all()
        names = {ward.name for town in towns for ward in town.wards}

    assert names == {"mine"}


def test_a_record_of_another_clinic_is_not_there_by_its_id(work: Work) -> None:
    with work(THERE):
        theirs = db.session.scalars(select(Ward.id)).one()

    with work(HERE):
        assert db.session.get(Ward, theirs) is None
        assert db.session.query(Ward).filter_by(id=theirs).first() is None


def test_what_one_person_loaded_is_not_there_for_the_next_in_the_same_job(app, work: Work) -> None:
    with app.app_context():
        with act_as(THERE):
            theirs = db.session.scalars(select(Ward)).one()
        with act_as(HERE):
            found = db.session.get(Ward, theirs.id)

    assert found is None


def test_a_record_of_another_clinic_cannot_be_refreshed(work: Work) -> None:
    with work(THERE):
        theirs = db.session.scalars(select(Ward)).one()

    with work(HERE):
        db.session.add(theirs)
        with pytest.raises(InvalidRequestError, match="Could not refresh"):
            db.session.refresh(theirs)
        db.session.expunge(theirs)
    with work(THERE):
        assert db.session.scalars(select(Ward.name)).all() == ["theirs"]


def test_a_transaction_apart_has_the_same_wall(app, work: Work) -> None:
    with app.app_context(), act_as(HERE), apart(write=False) as session:
        assert session.scalars(select(Ward.name)).all() == ["mine"]


def test_a_stream_has_the_same_wall(work: Work) -> None:
    with work(HERE):
        stream = db.session.scalars(select(Ward).execution_options(yield_per=1))
        assert [ward.name for ward in stream] == ["mine"]


def test_below_the_session_too_a_clinics_table_holds_only_its_rows(work: Work) -> None:
    with work(HERE):
        names = db.session.connection().scalars(select(WARDS.c.name)).all()

    assert names == ["mine"]


def test_a_lock_for_writing_is_taken_on_the_clinics_rows_alone(work: Work) -> None:
    with work(HERE):
        locked = db.session.scalars(select(Ward).with_for_update()).all()

    assert [ward.name for ward in locked] == ["mine"]


def test_nobody_reads_a_clinics_table_before_somebody_acts(app) -> None:
    with app.app_context(), pytest.raises(NobodyIsActing):
        db.session.scalars(select(Ward.name)).all()


def test_the_clinic_cannot_be_given_as_a_parameter(work: Work) -> None:
    theirs = {"acting_clinic": THERE.clinic_id}
    named = select(Ward.name).where(Ward.name != bindparam("acting_clinic", "x"))

    with work(HERE):
        assert db.session.scalars(select(Ward.name).params(theirs)).all() == ["mine"]
        assert db.session.scalars(named.params(acting_clinic="y")).all() == ["mine"]
        for name in ("acting_clinic", "acting_clinic_1"):
            with pytest.raises(TenancyError):
                db.session.scalars(select(Ward.name), {name: THERE.clinic_id})


RAW = {
    "a text": lambda: text("SELECT name FROM trial_ward"),
    "records from a text": lambda: select(Ward).from_statement(text("SELECT * FROM trial_ward")),
    "a text in a condition": lambda: select(Town).where(text("1 = 1")),
    "a text in a join": lambda: select(Town).join(WARDS, text("1 = 1")),
    "a text as a column": lambda: select(Town.name, text("(SELECT max(name) FROM trial_ward)")),
    "a literal column": lambda: select(
        Town.name, literal_column("(SELECT max(name) FROM trial_ward)")
    ),
    "a prefix": lambda: select(Town.name).prefix_with("(SELECT max(name) FROM trial_ward),"),
    "a suffix": lambda: select(Town.name).suffix_with("UNION SELECT name FROM trial_ward"),
    "a table by its name": lambda: select(Town.name).join(table("trial_ward"), literal(1) == 1),
    "a bare table alone": lambda: select(WARDS.c.name),
}


def test_raw_sql_is_refused(work: Work) -> None:
    let_through = []
    for name, statement in RAW.items():
        try:
            with work(HERE):
                db.session.execute(statement())
            let_through.append(name)
        except TenancyError:
            pass

    assert not let_through
