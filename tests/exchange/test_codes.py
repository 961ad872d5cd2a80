"""Codes of the outside world: one file, each with its mark; a map of the operator's beside it."""

import pytest
from flask import Flask

from clinic.exchange import init_app
from clinic.exchange.library import code_book, snomed_map
from clinic.exchange.rules.codes import CodeBook, CodesError, Mark
from clinic.exchange.rules.fhir.values import coded
from clinic.instruments.library import library_instruments
from clinic.protocols.rules import SIGNS
from config import BadSetting


def codes_of(meaning: str) -> list[str | None]:
    """The codes of something that may leave."""
    return [one.code for one in code_book().of(meaning)]


@pytest.mark.parametrize("mark", list(Mark))
def test_only_what_somebody_looked_up_may_leave(mark):
    leaving = {one.mark for found in code_book().by_meaning.values() for one in found}

    assert (mark in leaving) == (mark in (Mark.VERIFIED, Mark.SECOND_HAND))


def test_signs_have_the_codes_and_units_of_the_program():
    for code, sign in SIGNS.items():
        assert sign.loinc is None or sign.loinc in codes_of(f"sign:{code}")
        assert code_book().unit(code) == sign.unit


def test_scales_have_the_codes_of_the_program():
    for scale in library_instruments().values():
        pairs = [("panel", scale.loinc.panel), ("total", scale.loinc.total)]
        pairs += [(f"item:{item.number}", item.loinc) for item in scale.items]
        for part, loinc in pairs:
            assert codes_of(f"scale:{scale.code}:{part}") == ([loinc] if loinc else [])


def test_retired_codes_are_nowhere():
    codes = {one.code for one in code_book().codes}

    assert not codes & {"2710-2", "55284-4"}


def test_no_snomed_code_comes_with_the_program():
    assert [one for one in code_book().codes if one.system == "snomed"] == []


def test_an_operator_s_map_stands_beside_our_codes(tmp_path):
    path = tmp_path / "snomed.csv"
    path.write_text("of,concept,display\nsign:heart_rate,111115,Heart rate\n", encoding="utf-8")

    book = code_book().with_map(snomed_map(path))

    systems = [one["system"] for one in coded(book, "sign:heart_rate")["coding"]]
    assert systems == [
        "http://loinc.org",
        "http://snomed.info/sct",
        "https://clinic.invalid/fhir/CodeSystem/sign",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code,snomed\n", "the first line must be of,concept,display"),
        ("of,concept,display\nsign:spo2,59408-5,x\n", "line 2: write what it stands for"),
        ("of,concept,display\n,111115,x\n", "line 2"),
    ],
)
def test_a_map_that_cannot_be_used_says_what_to_write(tmp_path, text, says):
    path = tmp_path / "snomed.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CodesError, match=says):
        snomed_map(path)


def test_a_map_that_is_not_there_says_so(tmp_path):
    with pytest.raises(CodesError, match="cannot be read"):
        snomed_map(tmp_path / "nothing.csv")


def test_a_map_that_cannot_be_used_stops_the_start_with_one_sentence(tmp_path):
    app = Flask("clinic")
    app.config["SNOMED_MAP"] = str(tmp_path / "nothing.csv")

    with pytest.raises(BadSetting, match=r"CLINIC_SNOMED_MAP: .*cannot be read"):
        init_app(app)


def test_a_list_of_codes_names_an_unknown_system_and_a_code_twice():
    one = {
        "of": "sign:spo2",
        "system": "loinc",
        "code": "1-8",
        "display": "x",
        "mark": "verified",
        "source": "x",
    }
    tree = {"systems": {"loinc": "http://loinc.org"}, "codes": [one, one, one | {"system": "icd"}]}

    with pytest.raises(CodesError) as refused:
        CodeBook.from_tree(tree, "codes.yaml")

    assert "stands here twice" in str(refused.value)
    assert "write one of loinc" in str(refused.value)
