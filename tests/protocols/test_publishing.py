"""This file is about publishing: the next version, never twice the same, never changed."""

import dataclasses

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.instruments.library import library_instruments
from clinic.protocols import actions, queries
from clinic.protocols.library import library_protocols
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import DEMONSTRATION, scale_problems
from tests.clock import MORNING
from tests.desk import NURSE_ID

CODE = "esketamine-nasal-56-84"


@pytest.fixture
def version(work, somebody):
    with work(somebody):
        return actions.publish_from_library(CODE)


def changed():
    shipped = library_protocols()[CODE]
    longer = dataclasses.replace(shipped.minimum_stay, minutes=150)
    return dataclasses.replace(shipped, minimum_stay=longer)


def test_the_first_version_says_what_the_library_says(version):
    shipped = library_protocols()[CODE]

    assert (version.code, version.n, version.title) == (CODE, 1, shipped.title)
    assert (version.body, version.digest) == (shipped.to_json(), shipped.digest)
    assert (version.published_by_id, version.published_at) == (NURSE_ID, MORNING)
    assert version.demonstration == DEMONSTRATION


def test_publishing_the_same_again_is_refused(work, somebody, version):
    with pytest.raises(Conflict, match=r"Version 1 of .* says the same already"), work(somebody):
        actions.publish_from_library(CODE)


def test_a_change_becomes_the_next_version_and_is_in_force(work, somebody, version):
    with work(somebody):
        second = actions.publish(changed())

    with work(somebody):
        assert second.n == 2
        assert queries.in_force(CODE).id == second.id
        assert [found.id for found in queries.all_in_force()] == [second.id]
        assert [found.n for found in queries.versions_of(CODE)] == [2, 1]
        assert queries.protocol_of(version.id).minimum_stay.minutes == 120
        assert queries.protocol_of(second.id).minimum_stay.minutes == 150


def test_going_back_to_what_an_older_version_said_is_a_new_version(work, somebody, version):
    with work(somebody):
        actions.publish(changed())
        third = actions.publish_from_library(CODE)

    assert (third.n, third.digest) == (3, version.digest)


def test_a_code_the_library_does_not_have_is_refused_with_those_it_has(work, somebody):
    with pytest.raises(Unprocessable, match=f"Choose one of: .*{CODE}"), work(somebody):
        actions.publish_from_library("../../etc/passwd")


def test_a_protocol_that_says_it_is_approved_carries_no_banner(work, somebody):
    approved = dataclasses.replace(changed(), status="Approved for use in this clinic")

    with work(somebody):
        assert actions.publish(approved).demonstration is None


def test_a_protocol_is_parsed_once_for_one_text(work, somebody, version):
    with work(somebody):
        assert queries.protocol_of(version.id) is queries.protocol_of(version.id)


def test_a_text_that_is_not_the_published_one_is_never_used(version):
    with pytest.raises(queries.NotAsPublished):
        queries.parsed(version.body.replace("120", "12"), version.digest)


def test_each_clinic_has_its_own_versions(work, stranger, version):
    with work(stranger):
        assert queries.in_force(CODE) is None
        assert queries.all_in_force() == []
        assert actions.publish_from_library(CODE).n == 1
        with pytest.raises(KeyError):
            queries.protocol_of(version.id)


CHANGES = [
    "UPDATE protocol_version SET title = 'x'",
    "UPDATE protocol_version SET body = '{}' WHERE n = 1",
    "DELETE FROM protocol_version",
]


def test_a_published_version_cannot_be_changed_by_raw_sql(app, version):
    for statement in CHANGES:
        with (
            app.app_context(),
            db.engine.connect() as connection,
            pytest.raises(IntegrityError, match="append-only"),
        ):
            connection.execute(text(statement))


def test_a_published_version_cannot_be_changed_by_the_program(work, somebody, version):
    with pytest.raises(IntegrityError, match="append-only"), work(somebody):
        db.session.get(ProtocolVersion, version.id).title = "x"


def test_a_later_version_of_another_clinic_is_not_in_force_here(work, somebody, stranger, version):
    with work(stranger):
        actions.publish(changed())
        actions.publish_from_library(CODE)

    with work(somebody):
        assert queries.in_force(CODE).id == version.id
        assert [found.id for found in queries.all_in_force()] == [version.id]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"scale": "EPDS", "by": "link"},
            "has no wording that may be shown, so it cannot go by link",
        ),
        ({"scale": "MADRS", "by": "link"}, "needs staff, so it cannot go by link"),
        ({"scale": "C-SSRS"}, "is not in the library of scales"),
        ({"scale": "MADRS", "form": "weekly"}, "has no form weekly"),
        ({"scale": "CGII", "moments": ("baseline",)}, "compares with the baseline"),
        ({"scale": "EPDS", "moments": ("day-5",)}, "has an unknown moment, day-5"),
    ],
)
def test_a_protocol_that_plans_a_scale_as_it_may_not_be_used_is_not_published(
    work, somebody, change, sentence
):
    """Definitions D7.5; a link for a scale without wording that may be shown."""
    shipped = library_protocols()[CODE]
    use = dataclasses.replace(shipped.scales[0], **change)

    with work(somebody), pytest.raises(Unprocessable) as refusal:
        actions.publish(dataclasses.replace(shipped, scales=(use,)))

    assert sentence in refusal.value.fields["scales"][0]


def test_every_scale_of_the_shipped_protocols_is_in_the_library_as_planned():
    scales = library_instruments()

    assert {
        code: scale_problems(shipped, scales) for code, shipped in library_protocols().items()
    } == {code: [] for code in library_protocols()}
