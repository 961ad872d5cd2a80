"""This file is about the token of a link: 256 bits that nobody can guess and no table holds.

It follows from the server's secret and the link, so that a reminder carries the same address; the
database has its hash alone.
"""

import base64
import hashlib
import hmac
import uuid

from flask import current_app

PATH = "/a/"  # says nothing about whose page it is


def token_of(link_id: uuid.UUID) -> str:
    """The token of a link, as it stands in its address."""
    secret = current_app.config["SECRET_KEY"].encode()
    mac = hmac.new(secret, b"private link\0" + link_id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(link_id: uuid.UUID, address: str) -> str:
    """The whole address of a link under the address of this server."""
    return f"{address}{PATH}{token_of(link_id)}"
