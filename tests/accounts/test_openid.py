"""This file is about signing in by a clinic's own service, a real one in a process of its own."""

import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import yaml

from clinic import create_app
from clinic.accounts.models import Membership, User
from clinic.accounts.rules.openid import BadProvider, providers_in
from clinic.core.db import db, job
from clinic.core.permissions import Role
from tests.accounts.openid_provider import CLIENT, SECRET
from tests.conftest import configuration
from tests.factories import OTHER_CLINIC_ID, PASSWORD, make_clinic, make_other_clinic, make_user
from tests.sign_in import sign_in, token_of

only_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
FIELD = re.compile(r'<input type="hidden" name="(code|state)" value="([^"]*)"')
LIES = ["issuer", "audience", "nonce", "time", "key", "secret", "unsigned"]


@pytest.fixture(scope="module")
def service():
    """The address of a running service."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(__file__).with_name("openid_provider.py")
    process = subprocess.Popen([sys.executable, str(program), str(port)])
    issuer = f"http://127.0.0.1:{port}"
    for _ in range(200):
        with suppress(requests.ConnectionError):
            requests.get(f"{issuer}/keys", timeout=1)
            break
        time.sleep(0.05)
    yield issuer
    process.terminate()
    process.wait()


@pytest.fixture
def app(database_uri, clock, made_once, service, tmp_path):
    """A clinic with a service, a nurse who works here and elsewhere, and a clinic without one."""
    file = tmp_path / "openid.yaml"
    said = {"name": "House account", "issuer": service}
    said |= {"client_id": CLIENT, "client_secret": SECRET}
    file.write_text(yaml.safe_dump({"harbour": said}))
    ways = {"CLINIC_OPENID": str(file), "CLINIC_PUBLIC_URL": "http://localhost"}
    application = create_app(configuration(database_uri, **ways), clock=clock)
    made_once.lend(application, database_uri)
    with application.app_context(), job():
        make_clinic()
        make_other_clinic()
        nurse = make_user(role=Role.NURSE)
        db.session.add(Membership(user_id=nurse.id, clinic_id=OTHER_CLINIC_ID, role=Role.NURSE))
    yield application
    with application.app_context():
        db.engine.dispose()


def led(answer, subject="n-17", lie=""):
    """Where the service leads back to: the path and what it sends along."""
    assert answer.status_code in (302, 303), answer.text
    where = f"{answer.location}&as={subject}&lie={lie}"
    back = urlsplit(requests.get(where, timeout=5, allow_redirects=False).headers["Location"])
    return f"{back.path}?{back.query}"


def come_back(client, where):
    """Press the button of the page that the service led back to."""
    page = client.get(where)
    fields = dict(FIELD.findall(page.text)) | {"csrf_token": token_of(client, where)}
    return client.post(urlsplit(where).path, data=fields)


def begun(client):
    """Press the button of the sign-in page."""
    return client.post("/sign-in/openid/harbour", data={"csrf_token": token_of(client)})


def joined(app):
    """A nurse who has joined her account with the service's `n-17`."""
    client = sign_in(app.test_client(), "nurse@clinic.example")
    page = "/account/sign-in-service"
    fields = {"password": PASSWORD, "csrf_token": token_of(client, page)}
    answer = come_back(client, led(client.post(page, data=fields)))
    assert answer.location == page
    return client


@only_sqlite
def test_whoever_joined_signs_in_without_the_password(app) -> None:
    assert "From now on you may sign in" in joined(app).get("/account/sign-in-service").text
    client = app.test_client()

    answer = come_back(client, led(begun(client)))

    assert answer.status_code == 303
    assert client.get("/account").status_code == 200


@only_sqlite
@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_signs_nobody_in(app, lie) -> None:
    joined(app)
    client = app.test_client()

    answer = come_back(client, led(begun(client), lie=lie))

    assert answer.location == "/sign-in"
    assert client.get("/account").status_code == 303


@only_sqlite
def test_an_answer_is_good_once_and_in_the_browser_that_asked(app) -> None:
    joined(app)
    client, thief = app.test_client(), app.test_client()
    where = led(begun(client))
    begun(thief)

    assert come_back(thief, where).location == "/sign-in"
    assert come_back(client, where).location != "/sign-in"
    assert come_back(app.test_client(), where).location == "/sign-in"
    assert thief.get("/account").status_code == 303


@only_sqlite
def test_coming_back_is_no_sign_in_before_the_button_is_pressed(app) -> None:
    joined(app)
    client = app.test_client()

    client.get(led(begun(client)))

    assert client.get("/account").status_code == 303


@only_sqlite
def test_nobody_is_found_by_an_address_or_a_name_that_the_service_tells(app) -> None:
    client = app.test_client()

    answer = come_back(client, led(begun(client), subject="nurse@clinic.example"))

    assert answer.location == "/sign-in"
    assert "Nobody of this clinic has joined" in client.get("/sign-in").text


@only_sqlite
def test_a_service_that_calls_itself_by_another_name_is_not_asked(app) -> None:
    known = app.extensions["clinic.openid"]
    known["harbour"] = replace(known["harbour"], issuer="https://elsewhere.example")

    assert begun(app.test_client()).location == "/sign-in"


@only_sqlite
def test_no_token_of_the_service_reaches_the_browser(app) -> None:
    joined(app)
    client = app.test_client()

    for answer in (come_back(client, led(begun(client))), client.get("/account")):
        assert answer.status_code in (200, 303)
        assert "eyJ" not in f"{answer.headers}{answer.text}"  # how each token begins


@only_sqlite
def test_joining_wants_the_password(app) -> None:
    client = sign_in(app.test_client(), "nurse@clinic.example")
    page = "/account/sign-in-service"

    answer = client.post(page, data={"password": "wrong", "csrf_token": token_of(client, page)})

    assert answer.status_code == 422


@only_sqlite
def test_the_second_step_is_asked_all_the_same(app) -> None:
    joined(app)
    with app.app_context(), job():
        db.session.query(User).one().tf_primary_method = "authenticator"
        db.session.query(User).one().tf_totp_secret = "a secret"
    client = app.test_client()

    answer = come_back(client, led(begun(client)))

    assert "/sign-in/code" in answer.location
    assert client.get("/account").status_code == 303


@only_sqlite
def test_whoever_left_the_clinic_does_not_come_in(app) -> None:
    joined(app)
    with app.app_context(), job():
        for membership in db.session.query(Membership):
            membership.is_active = membership.clinic_id == OTHER_CLINIC_ID
    client = app.test_client()

    assert come_back(client, led(begun(client))).location == "/sign-in"


@only_sqlite
def test_a_clinics_service_opens_no_other_clinic(app) -> None:
    joined(app)
    client = app.test_client()
    come_back(client, led(begun(client)))

    fields = {"clinic": str(OTHER_CLINIC_ID), "csrf_token": token_of(client, "/account")}
    client.post("/account/clinic", data=fields)

    assert "Sign in with your password first" in client.get("/account").text
    assert client.post("/sign-in/openid/hill", data=fields).status_code in (400, 404)


@only_sqlite
def test_a23_the_service_leads_back_to_the_address_of_the_settings(app) -> None:
    client = app.test_client()
    token = token_of(client)

    answer = client.post(
        "/sign-in/openid/harbour", data={"csrf_token": token}, headers={"X-Forwarded-Host": "evil"}
    )

    assert (
        "redirect_uri=http%3A%2F%2Flocalhost%2Fsign-in%2Fopenid%2Fharbour%2Fback" in answer.location
    )


GOOD = {"name": "House", "issuer": "https://id.example", "client_id": "c", "client_secret": "s"}


@pytest.mark.parametrize(
    "tree",
    [
        [],
        {"harbour": "https://id.example"},
        {"harbour": GOOD | {"issuer": "http://id.example"}},
        {"harbour": GOOD | {"client_secret": " "}},
        {"harbour": GOOD | {"admin": "yes"}},
        {"harbour": {"name": "House"}},
    ],
)
def test_a_file_that_will_not_do_is_refused(tree) -> None:
    with pytest.raises(BadProvider):
        providers_in(tree)


def test_a_good_file_says_whose_service_it_is() -> None:
    assert providers_in({"harbour": GOOD})["harbour"].issuer == "https://id.example"
