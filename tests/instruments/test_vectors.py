"""Every scale gives the totals, bands and findings that were worked out beforehand."""

import pytest
import yaml

from clinic.instruments.rules import Method, WhyNoTotal, band_of, score, triage
from tests.instruments.cases import (
    FOLDER,
    LIBRARY,
    all_rows,
    answers_of,
    by_method,
    name_of,
    rows_of,
    written,
)


@pytest.mark.parametrize(("code", "row"), all_rows(Method.SUM), ids=name_of)
def test_the_answers_amount_to_what_was_worked_out_beforehand(code, row):
    scale = LIBRARY[code]

    result = score(scale, answers_of(scale, row["answers"]))

    assert str(result.total if result.total is not None else "") == row["total"]
    assert str(result.maximum) == row["maximum"]
    assert (result.band or "") == row["band"]
    assert " ".join(str(cut.at_least) for cut in result.cut_offs) == row["cut_offs"]
    assert " ".join(f"{s.code}={dash(s.value)}" for s in result.subscores) == row["subscores"]
    assert " ".join(result.missing) == row["missing"]
    assert (result.why_no_total is WhyNoTotal.ITEMS_MISSING) == bool(row["missing"])
    assert (result.why_no_total is None) == bool(row["total"])
    assert written(result.findings) == row["findings"]


def dash(value: int | None) -> str:
    return "-" if value is None else str(value)


@pytest.mark.parametrize(("code", "row"), all_rows(Method.TRIAGE), ids=name_of)
def test_the_screener_gives_the_level_that_was_worked_out_beforehand(code, row):
    scale = LIBRARY[code]

    result = triage(scale, answers_of(scale, row["answers"]))

    assert (result.level or "") == row["level"]
    assert result.at_least == row["at_least"]
    assert " ".join(result.missing) == row["missing"]
    assert " ".join(result.not_asked) == row["not_asked"]
    assert written(result.findings) == row["findings"]


@pytest.mark.parametrize("code", by_method(Method.SUM))
def test_the_vectors_of_a_scale_try_what_they_must(code):
    """All lowest, all highest, mixed, one missing, and both sides of every edge."""
    scale, rows = LIBRARY[code], rows_of(code)
    cases = {row["case"] for row in rows}
    totals = {int(row["total"]) for row in rows if row["total"]}
    span = scale.scoring.range

    assert {"all lowest", "all highest", "mixed"} <= cases
    assert any(row["missing"] and not row["total"] for row in rows)
    assert max(totals) == span.highest
    assert edges(scale) <= totals


@pytest.mark.parametrize("code", by_method(Method.TRIAGE))
def test_the_vectors_of_a_screener_try_what_they_must(code):
    """All no, everything yes, mixed, and each item missing at least once."""
    rows = rows_of(code)
    cases = {row["case"] for row in rows}
    skipped = {row["case"] for row in rows if row["missing"]}

    assert {"all no", "everything yes", "items 1 and 2"} <= cases
    assert {f"item {n} skipped" for n in range(1, 7)} <= skipped


def edges(scale) -> set[int]:
    """The lowest total above each edge, and the one below."""
    above = {band.lower for bands in scale.band_sets for band in bands.bands[1:]}
    above |= {cut.at_least for cut in scale.cut_offs}
    above |= {rule.at_most + 1 for rule in scale.remission}
    return above | {total - 1 for total in above}


def test_every_scale_with_answers_has_vectors():
    with_answers = {code for code, scale in LIBRARY.items() if scale.items}

    assert {path.stem for path in FOLDER.glob("*.csv")} == with_answers


def test_every_scale_says_where_the_rules_of_its_vectors_were_published():
    sources = yaml.safe_load((FOLDER / "sources.yaml").read_text(encoding="utf-8"))

    assert set(sources) == set(LIBRARY)
    for code, scale in by_method(Method.SUM).items():
        assert f"to {scale.scoring.range.highest}" in sources[code], code
        assert all(str(rule.item) in sources[code] for rule in scale.safety), code


@pytest.mark.parametrize(
    ("total", "usual", "rush"),
    [
        (18, "moderate", "moderate"),
        (19, "severe", "moderate"),
        (20, "severe", "severe"),
        (22, "severe", "severe"),
        (23, "very severe", "severe"),
        (25, "very severe", "severe"),
        (26, "very severe", "very severe"),
    ],
)
def test_of_two_published_bands_the_chosen_one_is_used(total, usual, rush):
    scale = LIBRARY["HAMD17"]

    assert (band_of(scale, total), band_of(scale, total, "rush")) == (usual, rush)


def test_bands_that_a_scale_does_not_have_are_refused():
    with pytest.raises(KeyError):
        band_of(LIBRARY["HAMD17"], 10, "unheard-of")
