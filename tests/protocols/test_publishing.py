"""This file is about publishing: the next version, never twice the same, never changed."""

import dataclasses

import pytest
from sqlalchemy import text

from clinic.core.db import db
from clinic.core.errors import Conflict, Unprocessable
from clinic.instruments.library import library_instruments
from clinic.protocols import actions, queries
from clinic.protocols.library import library_protocols
from clinic.protocols.models import ProtocolVersion
from clinic.protocols.rules import DEMONSTRATION, scale_problems
from tests.clock import MORNING
from tests.databases import REFUSED, WRITTEN_ONCE
from tests.desk import NURSE_ID
from tests.instruments.licensed import licensed, registration, retired

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
            pytest.raises(REFUSED, match=WRITTEN_ONCE),
        ):
            connection.execute(text(statement))


def test_a_published_version_cannot_be_changed_by_the_program(work, somebody, version):
    with pytest.raises(REFUSED, match=WRITTEN_ONCE), work(somebody):
        db.session.get(ProtocolVersion, version.id).title = "x"


def test_a_later_version_of_another_clinic_is_not_in_force_here(work, somebody, stranger, version):
    with work(stranger):
        actions.publish(changed())
        actions.publish_from_library(CODE)

    with work(somebody):
        assert queries.in_force(CODE).id == version.id
        assert [found.id for found in queries.all_in_force()] == [version.id]


def unlicensed(scale):
    """What a scale is in a clinic that has put nothing on file."""
    return registration(scale, evidence=None, compared=False)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"scale": "EPDS", "by": "link"},
            "cannot go by link. No licence evidence of EPDS in English is on file. Write paper.",
        ),
        ({"scale": "MADRS", "by": "link"}, "needs staff, so it cannot go by link"),
        ({"scale": "C-SSRS"}, "is not in the library of scales"),
        ({"scale": "MADRS", "form": "weekly"}, "has no form weekly"),
        ({"scale": "CGII", "moments": ("baseline",)}, "compares with the baseline"),
        ({"scale": "EPDS", "moments": ("day-5",)}, "has an unknown moment, day-5"),
        (
            {"scale": "EPDS", "moments": ("baseline", "24-hours", "day-7")},
            "looks back 7 days, so EPDS cannot be asked at 24-hours, 24 hours after the dose.",
        ),
        (
            {"scale": "PHQ9", "moments": ("day-7", "day-28")},
            "looks back 2 weeks, so PHQ-9 cannot be asked at day-7, 7 days after the dose.",
        ),
        (
            {"scale": "PHQ9", "moments": ("day-28", "day-14", "day-7")},
            "cannot be asked at day-7",
        ),
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
    scales = {scale.code: unlicensed(scale) for scale in library_instruments().values()}

    assert {
        code: scale_problems(shipped, scales) for code, shipped in library_protocols().items()
    } == {code: [] for code in library_protocols()}


def planning(scale, **changed):
    """The shipped protocol that asks one scale, before the first dose and on day 28."""
    use = {"scale": scale, "form": "standard", "moments": ("baseline", "day-28"), "by": "paper"}
    shipped = library_protocols()[CODE]
    use = dataclasses.replace(shipped.scales[0], **use | changed)
    return dataclasses.replace(shipped, scales=(use,))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_licence_that_covers_phones_lets_a_protocol_plan_a_link_until_it_ends(
    work, somebody, clock
):
    epds = library_instruments()["EPDS"]
    with work(somebody):
        licensed(epds)
        actions.publish(planning("EPDS", by="link"))
    clock.advance(days=300)

    with work(somebody), pytest.raises(Unprocessable, match="ended on 31 Dec 2026"):
        actions.publish(planning("EPDS", by="link", moments=("baseline",)))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_retired_scale_is_in_no_new_protocol(work, somebody):
    with work(somebody):
        retired(library_instruments()["EPDS"])

    with work(somebody), pytest.raises(Unprocessable, match="is retired in this clinic"):
        actions.publish(planning("EPDS"))


def test_uses_that_lie_nearer_than_the_recall_are_refused():
    register = {"PHQ9": unlicensed(library_instruments()["PHQ9"])}
    protocol = planning("PHQ9", moments=("day-14", "day-21"), by="staff")
    near = dataclasses.replace(
        protocol.follow_ups[0], code="day-21", at_hours=504, opens_hours=480, closes_hours=528
    )
    protocol = dataclasses.replace(protocol, follow_ups=(*protocol.follow_ups, near))

    problems = scale_problems(protocol, register)

    assert any("cannot be asked at day-21, 7 days after day-14" in words for words in problems)
