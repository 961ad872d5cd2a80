"""This file is about asking the three checkers of FHIR R4, all resources in one process."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from clinic.exchange.rules.writing import json_text

CHECKERS = Path(__file__).parent / "validate.mjs"


def problems(resources: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is wrong, each with `line` (which resource), `by` (which checker) and `what`."""
    text = "\n".join(map(json_text, resources))
    run = subprocess.run(
        ["node", str(CHECKERS)], input=text, capture_output=True, text=True, check=True, timeout=60
    )
    return [json.loads(line) for line in run.stdout.splitlines()]
