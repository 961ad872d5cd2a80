"""This package is about whether a rating scale makes sense.

Each check sees the parts that could be read and yields a path and a sentence; a part with a fault
of form is absent here, so that one fault never hides another.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from clinic.instruments.rules.checks.asking import check_asking
from clinic.instruments.rules.checks.meaning import check_meaning
from clinic.instruments.rules.checks.sums import check_sums
from clinic.instruments.rules.checks.wording import check_wording
from clinic.notation.rules.parsing import Fault


def check_instrument(parts: Mapping[str, Any]) -> Iterator[Fault]:
    """All faults of a scale, in no order that matters."""
    for check in (check_asking, check_wording, check_sums, check_meaning):
        yield from check(parts)
