"""What a proxy says of a browser is believed from proxies that were named, and from no other."""

import pytest
from flask import Flask, request

from clinic.core import proxies

FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "clinic.example",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/evil",
}


def heard(peer: str, said: dict[str, str], hops: int = 1, named: str = "10.0.0.2/32") -> str:
    """What a view knows of a browser whose connection comes from an address."""
    app = Flask("trial")
    app.config.update(PROXY_HOPS=hops, PROXIES=[named])
    app.add_url_rule("/", view_func=lambda: f"{request.remote_addr} {request.url}")
    proxies.init_app(app)
    return app.test_client().get("/", headers=said, environ_base={"REMOTE_ADDR": peer}).text


def test_a_named_proxy_is_believed() -> None:
    assert heard("10.0.0.2", FORWARDED) == "203.0.113.9 https://clinic.example/"


def test_a_socket_of_this_machine_is_a_proxys() -> None:
    assert heard("", FORWARDED) == "203.0.113.9 https://clinic.example/"


@pytest.mark.parametrize("peer", ["10.0.0.3", "203.0.113.7", "::ffff:10.0.0.2", "fe80::2", "what"])
def test_a30_whoever_comes_past_the_proxy_is_who_they_are(peer: str) -> None:
    assert heard(peer, FORWARDED) == f"{peer} http://localhost/"


def test_without_a_proxy_nobody_is_believed() -> None:
    assert heard("10.0.0.2", FORWARDED, hops=0) == "10.0.0.2 http://localhost/"


def test_a30_what_a_browser_forged_before_the_proxy_does_not_count() -> None:
    forged = FORWARDED | {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}

    assert heard("10.0.0.2", forged).startswith("203.0.113.9 ")
