"""The register of a clinic: what may go to a phone, and which words may be shown, on a day."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from clinic.core.db import db
from clinic.instruments import queries
from clinic.instruments.rules import score
from clinic.instruments.rules.licences import EvidenceKind, Medium
from tests.databases import REFUSED, WRITTEN_ONCE
from tests.instruments.cases import LIBRARY
from tests.instruments.licensed import compared, invented, licensed, load, on_file, retired

EPDS = LIBRARY["EPDS"]
sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@sqlite_only
def test_without_anything_on_file_only_shipped_wording_is_open_to_phones(work, somebody):
    with work(somebody):
        phones = {code for code in LIBRARY if queries.may_go_to_phone(code).allowed}

        assert phones == {"PHQ9", "GAD7", "PBQ"}
        assert queries.may_go_to_phone("EPDS", "1", "en").reason == (
            "No licence evidence of EPDS in English is on file."
        )
        assert queries.may_go_to_phone("NONE").reason == "There is no scale NONE."
        assert "not the one in use" in str(queries.may_go_to_phone("PHQ9", "9").reason)
        assert queries.shown("EPDS") is None
        assert queries.shown("PHQ9").notice == LIBRARY["PHQ9"].licence.note


def test_three_steps_open_a_scale_and_its_end_closes_it(work, somebody, stranger, clock):
    with work(somebody):
        evidence = on_file(EPDS)
        assert "not loaded" in str(queries.may_go_to_phone("EPDS").reason)
        row = load(evidence, invented(EPDS))
        assert "second person" in str(queries.may_go_to_phone("EPDS").reason)
        assert queries.shown("EPDS") is None
        compared(row)
        assert queries.may_go_to_phone("EPDS").allowed
    with work(stranger):
        assert not queries.may_go_to_phone("EPDS").allowed
    clock.now += timedelta(days=294)
    with work(somebody):
        assert queries.may_go_to_phone("EPDS").allowed, "31 Dec is its last day"
    clock.now += timedelta(days=1)
    with work(somebody):
        assert "ended on 31 Dec 2026" in str(queries.may_go_to_phone("EPDS").reason)
        assert queries.shown("EPDS") is None


@sqlite_only
def test_what_is_shown_has_the_owners_words_and_the_scores_of_the_skeleton(work, somebody):
    with work(somebody):
        wording = licensed(EPDS)
        found = queries.shown("EPDS", "1", "en", Medium.PHONE)

    labels = [option.label for option in found.scale.options_of("3")]
    assert labels == [f"invented answer {n}" for n in (3, 2, 1, 0)]
    assert found.scale.item("10").text == "Invented sentence 10"
    assert (found.scale.stem, found.notice) == ("Invented question", wording.notice)
    assert (found.citation, found.wording_digest) == (EPDS.citation, wording.digest)
    answers = {item.number: 3 for item in EPDS.items}
    assert score(found.scale, answers) == score(EPDS, answers)


@sqlite_only
def test_a_wording_that_differs_is_not_shown_and_the_one_before_stays(work, somebody):
    with work(somebody):
        licensed(EPDS)
        second = invented(EPDS, title="Another title")
        compared(load(on_file(EPDS), second, n=2), same=False)

        assert queries.shown("EPDS").scale.title == "Invented title"
        assert queries.registered("EPDS").refused is not None


@sqlite_only
def test_evidence_that_covers_paper_only_or_was_withdrawn_closes_the_screen(work, somebody):
    with work(somebody):
        licensed(EPDS)
        on_file(EPDS, covers="paper")
        assert queries.shown("EPDS") is None
        assert queries.shown("EPDS", medium=Medium.PAPER) is not None
        on_file(EPDS, kind=EvidenceKind.WITHDRAWN, covers="")
        assert "No licence evidence" in str(queries.may_go_to_phone("EPDS").reason)


@sqlite_only
def test_the_register_has_a_line_for_each_language_of_a_scale(work, somebody):
    with work(somebody):
        on_file(LIBRARY["PHQ9"], "es", kind=EvidenceKind.ASKED, file_digest=None, content=None)
        lines = queries.register()

    assert len(lines) == 26
    of_phq9 = [line.registration for line in lines if line.scale.code == "PHQ9"]
    assert [(r.language, r.evidence_state) for r in of_phq9] == [
        ("en", "not-needed"),
        ("es", "asked"),
    ]


CHANGES = [
    "UPDATE scale_wording SET body = '{}'",
    "UPDATE licence_evidence SET ends_on = NULL",
    "UPDATE wording_comparison SET same = true",
    "DELETE FROM scale_wording",
    "DELETE FROM licence_evidence",
    "DELETE FROM scale_retirement",
]


def test_what_was_put_on_file_loaded_and_compared_is_never_changed_even_by_raw_sql(
    app, work, somebody
):
    with work(somebody):
        licensed(EPDS)
        retired(EPDS)

    for statement in CHANGES:
        with (
            app.app_context(),
            db.engine.connect() as connection,
            pytest.raises(REFUSED, match=WRITTEN_ONCE),
        ):
            connection.execute(text(statement))
