"""This file is about reverse proxies: what they say of a browser counts only from those named."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
SAID = ("FOR", "PROTO", "HOST", "PORT", "PREFIX")


class NamedProxies:
    """Believes forwarded headers when the connection comes from a proxy that was named.

    From anybody else they are taken away: whoever comes past the proxy is who they are.
    """

    def __init__(self, plain: Wsgi, hops: int, addresses: list[str]) -> None:
        self.plain = plain
        self.behind = ProxyFix(plain, x_for=hops, x_proto=hops, x_host=hops)
        self.networks = [ip_network(one) for one in addresses]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self.is_named(environ.get("REMOTE_ADDR", "")):
            return self.behind(environ, start_response)
        for name in SAID:
            environ.pop(f"HTTP_X_FORWARDED_{name}", None)
        return self.plain(environ, start_response)

    def is_named(self, peer: str) -> bool:
        """Whether a connection comes from one of them; no address: through a socket of ours."""
        try:
            return not peer or any(ip_address(peer) in network for network in self.networks)
        except ValueError:
            return False


def init_app(app: Flask) -> None:
    """Stand before everything else, where the operator says that a proxy does."""
    if app.config["PROXY_HOPS"]:
        named = NamedProxies(app.wsgi_app, app.config["PROXY_HOPS"], app.config["PROXIES"])
        app.wsgi_app = named  # type: ignore[method-assign]
