"""This file is about asking a clinic's own sign-in service who somebody is: OpenID Connect.

Code flow with PKCE, state and nonce; the identity token's signature, issuer, audience, nonce and
time are checked by Authlib. The address that is come back to is that of the settings, never of the
request. What the service says is the first step alone: the second is asked here all the same.
"""

from pathlib import Path
from typing import Any, cast

import requests
import yaml
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, Response, current_app, request, session
from joserfc.errors import JoseError

from clinic.accounts.models import Clinic
from clinic.accounts.rules.openid import BadProvider, Provider, providers_in
from clinic.core.errors import DomainError

CAME_BY = "openid"  # the clinic whose service said who this is: the sitting stays there
SECONDS = 5
SETTINGS = {"scope": "openid", "code_challenge_method": "S256", "default_timeout": SECONDS}
# By keys of the service alone: never unsigned, never by a secret that both sides hold.
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


class NotProved(DomainError):
    """The service is away, or what came back from it does not hold."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "The sign-in service of your clinic did not say who you are. Try again, or sign in with"
            " your password."
        )


def providers() -> dict[str, Provider]:
    """Code of a clinic -> its service."""
    found: dict[str, Provider] = current_app.extensions["clinic.openid"]
    return found


def client(provider: Provider) -> Any:
    """What talks to a service, once the service has said that it is the one meant."""
    found = current_app.extensions["clinic.openid.clients"].create_client(provider.clinic)
    metadata = found.load_server_metadata()
    if metadata.get("issuer") != provider.issuer:
        raise NotProved
    metadata["id_token_signing_alg_values_supported"] = SIGNED_BY
    return found


def begin(provider: Provider) -> Response:
    """Lead to the service. Raises NotProved when it does not answer."""
    back = f"{current_app.config['PUBLIC_URL']}/sign-in/openid/{provider.clinic}/back"
    try:
        return cast(Response, client(provider).authorize_redirect(back))
    except (requests.RequestException, AuthlibBaseError, ValueError) as fault:
        raise NotProved from fault


def subject_from(provider: Provider) -> str:
    """Whom the service means, from the code that came back in a form. Raises NotProved."""
    try:
        token = client(provider).authorize_access_token()
    except (requests.RequestException, AuthlibBaseError, JoseError, ValueError, KeyError) as fault:
        raise NotProved from fault
    told = token.get("userinfo") or {}
    subject = told.get("sub")
    if not isinstance(subject, str) or not subject or told.get("iss") != provider.issuer:
        raise NotProved
    return subject


def clinic_come_for(clinics: list[Clinic]) -> Clinic | None:
    """The clinic whose service said who this is; None: nobody asked a service."""
    return next((one for one in clinics if str(one.id) == session.get(CAME_BY)), None)


def forget_service() -> None:
    """Whoever types a password came by no service, whatever was begun before."""
    if request.endpoint == "security.login" and request.method == "POST":
        session.pop(CAME_BY, None)


def init_app(app: Flask) -> None:
    """Read the file of the services. Raises BadProvider."""
    path = app.config.get("OPENID_FILE")
    known = providers_in(yaml.safe_load(Path(path).read_text())) if path else {}
    if known and not app.config["PUBLIC_URL"]:
        raise BadProvider("CLINIC_PUBLIC_URL is missing: the sign-in service leads back to it.")
    clients: Any = OAuth(app)
    for code, one in known.items():
        clients.register(
            code,
            client_id=one.client_id,
            client_secret=one.client_secret,
            server_metadata_url=f"{one.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs=SETTINGS,
        )
    app.extensions["clinic.openid"] = known
    app.extensions["clinic.openid.clients"] = clients
    app.before_request(forget_service)
    app.jinja_env.globals["openid_providers"] = lambda: list(known.values())
