"""This file is about what a browser may add to a request: ids and paths. None helps."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from clinic.core.db import new_id
from clinic.core.permissions import Role
from tests.desk import TOKEN
from tests.review.house import THEIRS, Found, everything

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

AT_TEN = "2026-03-11T10:00:00+00:00"
Fields = dict[str, str]


PATHS = (
    "/.git/config",
    "/.env",
    "/clinic.db",
    "/backup",
    "/console",
    "/?__debugger__=yes&cmd=resource&f=debugger.js",
    "/metrics",
    "/docs",
    "/static/../config.py",
    "/static/%2e%2e/config.py",
    "/static/..%2f..%2fconfig.py",
    "/static/css/..%5c..%5c..%5cconfig.py",
    "/static/%2fetc/passwd",
    "/fs-static/..%2f..%2fconfig.py",
)


def note(ours: Found, aim: Found) -> tuple[str, Fields]:
    """A note that corrects another one."""
    said = {"kind": "note", "effective_at": AT_TEN, "text": "x", "reason": "wrong"}
    address = f"/sessions/{ours['session_id']}/entries/{new_id()}"
    return address, said | {"corrects_id": str(aim["entry_id"])}


def visit(ours: Found, aim: Found) -> tuple[str, Fields]:
    """A talk after a dose."""
    said = {"kind": "integration", "status": "done", "starts_at": "2026-03-12T08:30"}
    address = f"/courses/{ours['course_id']}/integration/visits/new"
    return address, said | {"therapist_name": "x", "session_id": str(aim["session_id"])}


def answers(_ours: Found, aim: Found) -> tuple[str, Fields]:
    """A correction of the answers to a scale."""
    said = {f"item_{n}": "0" for n in range(1, 11)} | {"moment": "baseline", "way": "visit"}
    address = f"/scales/{aim['response_id']}/correct"
    return address, said | {"answered_at": "2026-03-12T08:45", "reason": "wrong"}


def post(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Send a form with the token of a page."""
    token = TOKEN.search(client.get("/protocols").text)
    assert token
    return client.post(address, data=fields | {"csrf_token": token.group(1)})


@pytest.mark.parametrize("form", [note, visit, answers])
def test_a_form_that_names_a_record_of_the_other_clinic_saves_nothing(
    app, staff, ours, theirs, form: Callable[[Found, Found], tuple[str, Fields]]
) -> None:
    """A04: an id in an address or a hidden field beside an own one."""
    before = everything(app)

    address, fields = form(ours, theirs)
    refused = post(staff[Role.NURSE], address, **fields)
    after = everything(app)
    address, fields = form(ours, ours)
    taken = post(staff[Role.NURSE], address, **fields)

    assert refused.status_code in (404, 409, 422)
    assert THEIRS not in refused.text
    assert after == before
    assert taken.status_code == 303


def test_no_path_hands_out_a_file_of_the_program_or_a_console(client) -> None:
    """A14, A36: paths, consoles, `.git`, backups."""
    for path in PATHS:
        answer = client.get(path)
        assert answer.status_code in (303, 308, 404), path
        assert "SECRET" not in answer.text, path
        assert client.open(path, method="TRACE").status_code in (404, 405), path
