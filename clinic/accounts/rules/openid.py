"""This file is about a clinic's own sign-in service (OpenID Connect), as its file says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

NAMED = ("name", "issuer", "client_id", "client_secret")
THIS_MACHINE = ("127.0.0.1", "localhost")


class BadProvider(ValueError):
    """The file of the sign-in services cannot be used."""


@dataclass(frozen=True)
class Provider:
    """`clinic`: the code of the clinic whose service it is; `name`: what stands on the button."""

    clinic: str
    name: str
    issuer: str
    client_id: str
    client_secret: str


def providers_in(tree: Any) -> dict[str, Provider]:
    """Code of a clinic -> its service. Raises BadProvider with a sentence."""
    if not isinstance(tree, Mapping):
        raise BadProvider("It must hold the code of a clinic, and under it its service.")
    return {str(code): provider_in(str(code), said) for code, said in tree.items()}


def provider_in(code: str, said: Any) -> Provider:
    """One service. Raises BadProvider."""
    if not isinstance(said, Mapping) or set(said) != set(NAMED):
        raise BadProvider(f"{code} must say exactly: {', '.join(NAMED)}.")
    if not all(isinstance(said[name], str) and said[name].strip() for name in NAMED):
        raise BadProvider(f"{code}: each of {', '.join(NAMED)} must be a text.")
    issuer = urlsplit(said["issuer"])
    is_safe = issuer.scheme == "https" or issuer.hostname in THIS_MACHINE
    if not is_safe or not issuer.netloc or issuer.query or issuer.fragment:
        raise BadProvider(f"{code}: the issuer must be an https address.")
    return Provider(code, **{name: said[name].strip() for name in NAMED})
