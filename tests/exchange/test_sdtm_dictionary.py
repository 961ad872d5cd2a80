"""The dictionary of the files in the shape of SDTM: whole, and the only names there are."""

from collections import Counter

import pytest

from clinic.exchange.rules.sdtm import DOMAINS, codes_file, define
from clinic.exchange.rules.sdtm.domain import written
from tests.exchange.made import lens
from tests.exchange.read_back import rows


def test_every_variable_has_one_row_in_the_dictionary():
    described = Counter((row["dataset"], row["variable"]) for row in rows(define()))

    assert described == Counter((d.code, v.name) for d in DOMAINS for v in d.variables)


def test_a_value_without_a_variable_is_refused():
    with pytest.raises(KeyError, match="DM has no RACE"):
        written(DOMAINS[0], {"RACE": "X"})


def test_the_codes_in_the_archive_tell_how_each_was_checked():
    marks = {row["of"]: row["mark"] for row in rows(codes_file(lens().book))}

    assert marks["sign:heart_rate"] == "verified"
    assert marks["sign:moaas"] == "not-verified"
