"""21 CFR 11.50(b): name, time and meaning of a signature stand in what is exported, too."""

import pytest

from clinic.reports.rules.columns import courses, sessions

EXPORTED = [
    (sessions.COLUMNS, {"signed_by", "signed_at", "signed_meaning"}),
    (
        courses.COLUMNS,
        {"evaluation_signed_by", "evaluation_signed_at", "evaluation_signed_meaning"},
    ),
    (courses.COLUMNS, {"decision_by", "decision_at", "decision_meaning"}),
]


@pytest.mark.parametrize(("columns", "parts"), EXPORTED)
def test_each_exported_signature_has_its_name_its_time_and_its_meaning(columns, parts) -> None:
    names = {column.name for column in columns}

    assert {part for part in parts if not any(name.startswith(part) for name in names)} == set()
