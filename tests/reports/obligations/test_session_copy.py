"""The complete copy of one session holds what the database holds (21 CFR 11.10(b))."""

import json
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from clinic.core.acting import act_as
from clinic.core.db import Base, job
from clinic.core.permissions import Role
from clinic.core.signatures import Proof
from clinic.reports.queries.session_copy import PARTS
from clinic.sessions.actions.reviewing import review_session
from tests.databases import whole
from tests.reports.obligations.test_inspection import corrected, inspected

__all__ = ["corrected", "inspected"]

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

TABLES = {"session": "treatment_session", "signatures": "document_version", "trail": "audit_event"}
ADDED = {"signed_at_in_zone", "broken_because"}


@pytest.fixture
def taken(desk, inspected):
    """The file, after a review."""
    with desk.app.app_context(), act_as(desk.somebody), job():
        review_session(inspected, seen=0, proof=Proof(desk.somebody.actor_id, "Aiko Kimura"))
    answer = desk.post(f"/sessions/{inspected}/inspection/copy")
    assert answer.status_code == 200
    return answer


def stored(app, table: str) -> dict[str, dict[str, Any]]:
    """Id -> row, as the database has it."""
    with whole(app) as connection:
        found = connection.execute(text(f'SELECT * FROM "{table}"')).mappings().all()
    return {row["id"].replace("-", ""): dict(row) for row in found}


def same(written: Any, kept: Any) -> bool:
    """Whether a value of the file is that of the column, in the spelling of the database."""
    if isinstance(written, bool) or written is None or isinstance(written, int):
        return written == kept
    plain, stored_ = str(written), str(kept)
    spelled = plain.replace("T", " ").replace("+00:00", "")
    return stored_ in (plain, plain.replace("-", "")) or stored_.replace(".000000", "") == spelled


def test_every_field_of_every_row_is_that_of_the_database(desk, inspected, taken) -> None:
    copy = json.loads(taken.text)

    for name in (*PARTS, *TABLES):
        table = TABLES.get(name) or PARTS[name].__tablename__
        rows = [copy[name]] if name == "session" else copy[name]
        kept = stored(desk.app, table)
        if "session_id" in Base.metadata.tables[table].c:
            assert len(rows) == len(kept), name
        for row in rows:
            its = kept[row["id"].replace("-", "")]
            assert row.keys() - ADDED == its.keys(), name
            assert [key for key in its if not same(row[key], its[key])] == [], name
    assert copy["session"]["id"] == str(inspected)
    assert min(len(copy[name]) for name in ("entries", "signatures", "reviews", "trail")) >= 1


def test_it_shows_corrections_authors_times_and_signatures_with_meaning_zone_and_hash(
    desk, taken
) -> None:
    copy = json.loads(taken.text)

    (later,) = [one for one in copy["entries"] if one["reason"] == "Wrong word"]
    (first,) = [one for one in copy["entries"] if one["id"] == later["corrects_id"]]
    assert json.loads(first["detail"])["text"] == "Glasses off"
    assert later["author_id"] in copy["people"]
    assert copy["patient_number"] == "P-1001"
    signed = next(one for one in copy["signatures"] if one["kind"] == "discharge")
    assert signed["signed_by_name"]
    assert signed["meaning"]
    assert len(signed["hash"]) == 64
    assert signed["broken_because"] == ""
    assert signed["signed_at_in_zone"].endswith(copy["zone"])
    for event in copy["trail"]:
        assert len(event["hash"]) == 64


def test_that_it_was_taken_is_an_export_of_the_trail_with_its_checksum(
    desk, inspected, taken
) -> None:
    with whole(desk.app) as connection:
        bodies = connection.execute(text("SELECT body FROM audit_event ORDER BY seq")).scalars()
        found = [json.loads(body) for body in bodies]

    noted = [one for one in found if one["action"] == "export"]
    assert [one["detail"] for one in noted] == [
        {"table": "session-copy", "sha256": sha256(taken.data).hexdigest()}
    ]
    assert taken.headers["Cache-Control"] == "no-store"
    assert "attachment" in taken.headers["Content-Disposition"]


def test_only_who_may_inspect_takes_it_and_no_table_of_a_session_is_left_out(
    desk, inspected
) -> None:
    for role in (Role.NURSE, Role.THERAPIST, Role.ADMINISTRATOR):
        desk.role = role
        assert desk.post(f"/sessions/{inspected}/inspection/copy").status_code == 403

    its = {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if mapper.class_.__module__ == "clinic.sessions.models"
    }
    taken = {model.__tablename__ for model in PARTS.values()} | {"treatment_session"}
    assert its - taken == {"tablet_heard"}
