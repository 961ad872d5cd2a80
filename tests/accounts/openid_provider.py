"""This file is about a sign-in service in a process of its own: OpenID Connect, code flow, PKCE.

`python openid_provider.py PORT`. It lets everybody in as whom the address says (`as=`), and lies in
its token as the address says (`lie=`). A code is good once, for its client, secret and verifier.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "clinic", "a secret of the service, long enough for a signature"
KEY, OTHER = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})
CODES: dict[str, dict[str, str]] = {}


def token_for(issuer: str, asked: dict[str, str]) -> str:
    """The identity token, true or with one lie."""
    lie, now = asked.get("lie"), int(time.time())
    claims = {
        "iss": "https://elsewhere.example" if lie == "issuer" else issuer,
        "aud": "another client" if lie == "audience" else CLIENT,
        "nonce": "another nonce" if lie == "nonce" else asked["nonce"],
        "sub": asked["as"],
        "iat": now - 7200 if lie == "time" else now,
        "exp": now - 3600 if lie == "time" else now + 60,
    }
    if lie == "secret":
        return jwt.encode({"alg": "HS256", "kid": "1"}, claims, OctKey.import_key(SECRET))
    if lie == "unsigned":
        parts = [{"alg": "none", "kid": "1"}, claims]
        return ".".join([*(encoded(json.dumps(one).encode()) for one in parts), ""])
    return jwt.encode({"alg": "RS256", "kid": "1"}, claims, OTHER if lie == "key" else KEY)


def encoded(raw: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Service(BaseHTTPRequestHandler):
    """Four addresses."""

    def issuer(self) -> str:
        """Who it is."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def do_GET(self) -> None:
        """What it is, its key, and letting somebody in."""
        where = urlsplit(self.path)
        if where.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
            names["jwks_uri"] = "keys"
            known = {name: f"{self.issuer()}/{path}" for name, path in names.items()}
            every = {"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
            self.say(known | every | {"issuer": self.issuer()})
        elif where.path == "/keys":
            self.say({"keys": [KEY.as_dict(private=False)]})
        elif where.path == "/authorize":
            asked = dict(parse_qsl(where.query))
            code = secrets.token_urlsafe(16)
            CODES[code] = asked
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()

    def do_POST(self) -> None:
        """A code for a token."""
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        asked = CODES.pop(sent.get("code", ""), None)
        proof = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = encoded(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        is_right = asked is not None and challenge == asked.get("code_challenge")
        if not is_right or sent.get("redirect_uri") != asked["redirect_uri"]:
            self.say({"error": "invalid_grant"}, 400)
        elif self.headers["Authorization"] != proof:
            self.say({"error": "invalid_client"}, 401)
        else:
            token = token_for(self.issuer(), asked)
            self.say({"access_token": "any", "token_type": "Bearer", "id_token": token})

    def say(self, what: dict[str, object], status: int = 200) -> None:
        """JSON."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

    def log_message(self, *_: object) -> None:
        """It is quiet."""


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Service).serve_forever()
