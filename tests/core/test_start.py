"""This file is about the program starting at all."""

from flask.testing import FlaskClient


def test_the_program_says_that_it_and_its_database_answer(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})
