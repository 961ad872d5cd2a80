"""This file is about the ways out: a mail server by SMTP, a gateway for texts by plain HTTP."""

import json
import smtplib
import ssl
import uuid
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from clinic.core import clock
from clinic.messages.rules import Channel

SUBJECT = "A message for you"
PATIENCE = 15  # seconds
# A gateway answers so when it should be asked again later; 409: it has this message already.
LATER = frozenset({408, 425, 429})
HAS_IT = 409


class Refused(Exception):
    """The carrier will never take this message."""


class Unreachable(Exception):
    """The carrier may take it later."""


def carry(
    config: Mapping[str, Any], message_id: uuid.UUID, channel: Channel, address: str, text: str
) -> None:
    """Hand one message over. Raises Refused or Unreachable, in words without its content."""
    if channel is Channel.EMAIL:
        by_mail(config, message_id, address, text)
    else:
        by_gateway(config, message_id, address, text)


def by_mail(config: Mapping[str, Any], message_id: uuid.UUID, address: str, text: str) -> None:
    """Hand it to the mail server; the same message has the same Message-ID for ever."""
    place = urlsplit(config["SMTP_URL"])
    try:
        with connected(place) as server:
            server.send_message(letter(config, message_id, address, text))
    except smtplib.SMTPRecipientsRefused as refusal:
        code = next(iter(refusal.recipients.values()))[0]
        raise (Refused if code >= 500 else Unreachable)(f"address refused, {code}") from None
    except smtplib.SMTPResponseException as refusal:
        kind = Refused if refusal.smtp_code >= 550 else Unreachable
        raise kind(f"mail server answered {refusal.smtp_code}") from None
    except (OSError, smtplib.SMTPException) as trouble:
        raise Unreachable(f"mail server: {type(trouble).__name__}") from None


def connected(place: SplitResult) -> smtplib.SMTP:
    """A connection to the mail server, encrypted and signed in as its address says."""
    host, port = str(place.hostname), place.port or (465 if place.scheme == "smtps" else 25)
    tls = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=tls)
        if place.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=PATIENCE)
    )
    if place.scheme == "smtp+starttls":
        server.starttls(context=tls)
    if place.username:
        server.login(unquote(place.username), unquote(place.password or ""))
    return server


def letter(
    config: Mapping[str, Any], message_id: uuid.UUID, address: str, text: str
) -> EmailMessage:
    """A plain text with neutral words around it; nothing in it is fetched when it is opened."""
    mail = EmailMessage()
    sender = config["MAIL_FROM"]
    mail["From"], mail["To"], mail["Subject"] = sender, address, SUBJECT
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2].rstrip('>')}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def by_gateway(config: Mapping[str, Any], message_id: uuid.UUID, address: str, text: str) -> None:
    """Hand it to the gateway (docs/sms-gateway.md)."""
    place = urlsplit(config["SMS_URL"])
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {config['SMS_TOKEN']}",
        "Idempotency-Key": str(message_id),
    }
    body = json.dumps({"to": dialled(address), "text": text})
    path = place.path or "/"
    try:
        status = answered(place, path + (f"?{place.query}" if place.query else ""), body, headers)
    except (OSError, HTTPException) as trouble:
        raise Unreachable(f"gateway: {type(trouble).__name__}") from None
    if status == HAS_IT or 200 <= status < 300:
        return
    kind = Refused if 400 <= status < 500 and status not in LATER else Unreachable
    raise kind(f"gateway answered {status}")


def answered(place: SplitResult, path: str, body: str, headers: dict[str, str]) -> int:
    """The status with which the gateway answers. No redirect is followed."""
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(str(place.hostname), place.port, timeout=PATIENCE)
    try:
        connection.request("POST", path, body.encode(), headers)
        answer = connection.getresponse()
        answer.read(10_000)
        return answer.status
    finally:
        connection.close()


def dialled(number: str) -> str:
    """A number with nothing in it but digits and a leading plus."""
    return ("+" if number.lstrip().startswith("+") else "") + "".join(filter(str.isdigit, number))
