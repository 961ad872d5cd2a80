"""This file is about settings: all come from the environment, and a bad one stops the start."""

import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

DEMO_SECRET = "demo-only-secret-do-not-use-for-patients-0000"  # noqa: S105 - public, for the demo
KNOWN_SECRETS = frozenset(
    {DEMO_SECRET, "changeme", "change-me", "secret", "dev", "development", "test"}
)
SHORTEST_SECRET = 32
FEWEST_LETTERS = 10  # "aaaa…" is long and no secret
LOOPBACK = ("127.0.0.1", "::1", "localhost")
NEVER_IDLE_LONGER = 24 * 60
ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})  # what libpq calls it
HOST = re.compile(r"(?=[a-z0-9.-]{1,253}(:\d{1,5})?$)[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?")

# Fonts embedded in a printed record bear this date, so that the same record is the same file.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


class BadSetting(SystemExit):
    """A setting that would make the program unsafe. Its sentence is all that the operator sees."""


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration from `CLINIC_...`. Raises BadSetting with one sentence."""
    demo = environment.get("CLINIC_DEMO", "") == "1"
    return {
        "DEMO": demo,
        "SECRET_KEY": secret_key(environment, demo=demo),
        "SQLALCHEMY_DATABASE_URI": database_uri(environment),
        "IDLE_MINUTES": whole(environment, "CLINIC_IDLE_MINUTES", 15, NEVER_IDLE_LONGER),
        "ABSOLUTE_HOURS": whole(environment, "CLINIC_ABSOLUTE_HOURS", 12, 24),
        "TABLET_LOCK_MINUTES": whole(environment, "CLINIC_TABLET_LOCK_MINUTES", 5, 60),
        "TABLET_CLOCK_MINUTES": 5,  # a clock that is off by more is said; our own number
        "EXPORTS_PER_HOUR": whole(environment, "CLINIC_EXPORTS_PER_HOUR", 14, 1000),
        "EXPORT_DAYS": whole(environment, "CLINIC_EXPORT_DAYS", 30, 366),
        "EXPORT_FOLDER": folder(environment, "CLINIC_EXPORT_FOLDER", "/srv/clinic-exports"),
        "DOWNTIME_FOLDER": folder(environment, "CLINIC_DOWNTIME_FOLDER", "/srv/clinic-paper"),
        "SNOMED_MAP": folder(environment, "CLINIC_SNOMED_MAP", "/srv/clinic/snomed.csv"),
        "KEYS": folder(environment, "CLINIC_KEYS", "/etc/clinic/keys"),
        "ANCHOR_FILE": folder(environment, "CLINIC_ANCHOR_FILE", "/mnt/elsewhere/anchors.txt"),
        "TRUSTED_HOSTS": hosts(environment, demo=demo),
        **ways_out(environment),
        **upkeep(environment),
        "PROXIES": proxies(environment),
        "PROXY_HOPS": whole(environment, "CLINIC_PROXY_HOPS", 0, 5, lowest=0),
        "SECURE_COOKIES": not demo and environment.get("CLINIC_INSECURE_COOKIES", "") != "1",
        "MAX_CONTENT_LENGTH": 1_000_000,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 1000,
    }


def secret_key(environment: Mapping[str, str], *, demo: bool) -> str:
    """The key that signs and encrypts: long, unknown to others, the demo's only in the demo."""
    secret = environment.get("CLINIC_SECRET_KEY", "")
    how = "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    if not secret:
        raise BadSetting(f"CLINIC_SECRET_KEY is missing. {how}")
    if secret == DEMO_SECRET and demo:
        return secret
    if secret.strip().lower() in KNOWN_SECRETS:
        raise BadSetting(f"CLINIC_SECRET_KEY is a known one and protects nothing. {how}")
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_LETTERS:
        raise BadSetting(f"CLINIC_SECRET_KEY is too short or too simple. {how}")
    return secret


def database_uri(environment: Mapping[str, str], name: str = "CLINIC_DATABASE_URI") -> str:
    """Where the data lives: a SQLite file, or PostgreSQL through psycopg 3."""
    uri = environment.get(name, "")
    if not uri:
        raise BadSetting(
            f"{name} is missing. For one clinic on one machine: sqlite:////var/lib/clinic/clinic.db"
        )
    if uri.startswith(("postgres://", "postgresql://")):
        uri = "postgresql+psycopg://" + uri.split("://", 1)[1]
    if uri in ("sqlite:///", "sqlite:///:memory:"):
        raise BadSetting(f"{name} names no file: what is in memory is lost at the end.")
    if not uri.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise BadSetting(f"{name} must begin with sqlite:/// or postgresql://")
    if uri.startswith("postgresql") and not stays_here(uri, environment):
        raise BadSetting(
            f"{name} names another machine: add ?sslmode=verify-full (or require), so "
            "that nothing goes there unencrypted."
        )
    return several_hosts(uri)


def several_hosts(uri: str) -> str:
    """libpq's `host:5432,host:5433/name` as SQLAlchemy writes it: each host in the query."""
    parts, authority = taken_apart(uri)
    who, at, places = authority.rpartition("@")
    if "," not in places:
        return uri
    query = "&".join([f"host={place}" for place in places.split(",")] + parts.query.split("&"))
    return f"{parts.scheme}://{who}{at}{parts.path}?{query}".rstrip("&?")


def taken_apart(uri: str) -> tuple[SplitResult, str]:
    """An address without who and where, and these: some Pythons refuse several hosts there."""
    scheme, rest = uri.split("://", 1)
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return urlsplit(f"{scheme}://{rest.removeprefix(authority)}"), authority


def stays_here(uri: str, environment: Mapping[str, str]) -> bool:
    """Whether all that is said to a PostgreSQL stays on this machine, or is encrypted on its way.

    As libpq reads it: several hosts, a host in the query, and what its own variables say.
    """
    parts, authority = taken_apart(uri)
    said = parse_qs(parts.query, keep_blank_values=True)
    if said.get("sslmode", [environment.get("PGSSLMODE", "")])[-1] in ENCRYPTED:
        return True
    places = authority.rpartition("@")[2].split(",") + said.get("hostaddr", [])
    places += [one for more in said.get("host", []) for one in more.split(",")]
    named = [re.sub(r":\d*$", "", unquote(place)).strip("[]") for place in places]
    named = [place for place in named if place] or [environment.get("PGHOST", "")]
    local = all(place in ("", *LOOPBACK) or place.startswith("/") for place in named)
    elsewhere = said.get("service") or environment.get("PGHOSTADDR") or environment.get("PGSERVICE")
    return local and not elsewhere


def whole(
    environment: Mapping[str, str], name: str, default: int, highest: int, *, lowest: int = 1
) -> int:
    """A whole number between two limits."""
    typed = environment.get(name, "")
    if not typed:
        return default
    if not (typed.isascii() and typed.isdigit() and lowest <= int(typed) <= highest):
        raise BadSetting(
            f"{name} must be a whole number between {lowest} and {highest}, not {typed!r}."
        )
    return int(typed)


def folder(environment: Mapping[str, str], name: str, example: str) -> str | None:
    """Where files of one kind are kept, or the one that is meant. None: not said."""
    typed = environment.get(name, "").strip()
    if typed and not typed.startswith("/"):
        raise BadSetting(f"{name} must be a whole path, such as {example}.")
    return typed or None


def ways_out(environment: Mapping[str, str]) -> dict[str, str | None]:
    """How messages leave, and under which address a phone reaches this server. None: not set."""
    sms_url = address(environment, "CLINIC_SMS_URL", "http", "https")
    sms_token = environment.get("CLINIC_SMS_TOKEN", "")
    if sms_url and not sms_token:
        raise BadSetting("CLINIC_SMS_TOKEN is missing: the gateway of CLINIC_SMS_URL wants one.")
    smtp_url = address(environment, "CLINIC_SMTP_URL", "smtp", "smtps", "smtp+starttls")
    mail_from = environment.get("CLINIC_MAIL_FROM", "").strip()
    if smtp_url and "@" not in mail_from:
        raise BadSetting("CLINIC_MAIL_FROM must be an e-mail address: CLINIC_SMTP_URL is set.")
    public_url = address(environment, "CLINIC_PUBLIC_URL", "http", "https")
    if public_url is None and environment.get("CLINIC_DEMO", "") == "1":
        public_url = f"http://127.0.0.1:{environment.get('PORT', '5000')}"
    return {
        "SMTP_URL": smtp_url,
        "MAIL_FROM": mail_from or None,
        "SMS_URL": sms_url,
        "SMS_TOKEN": sms_token or None,
        "PUBLIC_URL": public_url and public_url.rstrip("/"),
        "OPENID_FILE": folder(environment, "CLINIC_OPENID", "/etc/clinic/openid.yaml"),
    }


def upkeep(environment: Mapping[str, str]) -> dict[str, str | None]:
    """Where backups lie, what closes them, who may read all of the database, who may measure."""
    role = "CLINIC_BACKUP_DATABASE_URI"
    token = environment.get("CLINIC_METRICS_TOKEN", "")
    if token and len(token) < SHORTEST_SECRET:
        raise BadSetting(f"CLINIC_METRICS_TOKEN must have {SHORTEST_SECRET} characters or more.")
    return {
        "BACKUP_FOLDER": folder(environment, "CLINIC_BACKUP_FOLDER", "/srv/clinic-backups"),
        "BACKUP_KEY": folder(environment, "CLINIC_BACKUP_KEY", "/etc/clinic/backup.key"),
        "BACKUP_DATABASE_URI": database_uri(environment, role) if environment.get(role) else None,
        "POSTGRES_TOOLS": folder(
            environment, "CLINIC_POSTGRES_TOOLS", "/usr/lib/postgresql/15/bin"
        ),
        "METRICS_TOKEN": token or None,
        # `gunicorn.conf.py` says it to its workers; the library that counts reads it by itself.
        "COUNTERS_FOLDER": environment.get("PROMETHEUS_MULTIPROC_DIR"),
    }


def address(environment: Mapping[str, str], name: str, *schemes: str) -> str | None:
    """An address with one of the schemes. Plain ones only reach this machine. None: not set."""
    typed = environment.get(name, "").strip()
    if not typed:
        return None
    try:
        parts = urlsplit(typed)
        known = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known:
        raise BadSetting(f"{name} must begin with {' or '.join(f'{one}://' for one in schemes)}.")
    if parts.scheme in ("http", "smtp") and parts.hostname not in LOOPBACK:
        raise BadSetting(f"{name} must be encrypted, unless it stays on this machine.")
    return typed


def hosts(environment: Mapping[str, str], *, demo: bool) -> list[str] | None:
    """The names this server answers to, separated by commas. None: any, in the demo alone."""
    typed = environment.get("CLINIC_HOSTS", "")
    names = [name.strip().lower() for name in typed.split(",") if name.strip()]
    if not names and not demo:
        raise BadSetting(
            "CLINIC_HOSTS is missing: the names under which browsers reach this server, such as "
            "clinic.example, or 127.0.0.1 for this machine alone."
        )
    for name in names:
        if not HOST.fullmatch(name):
            raise BadSetting(f"CLINIC_HOSTS must name each host, such as clinic.example: {name!r}.")
    return names or None


def proxies(environment: Mapping[str, str]) -> list[str]:
    """Addresses of the proxies that are believed, separated by commas; this machine's by default.

    Each may be a network, such as 10.0.0.0/24.
    """
    typed = environment.get("CLINIC_PROXIES", "")
    found = [name.strip() for name in typed.split(",") if name.strip()]
    try:
        given = [str(ip_network(name)) for name in found]
    except ValueError as fault:
        raise BadSetting("CLINIC_PROXIES must be addresses, such as 10.0.0.2.") from fault
    if any(ip_network(one).prefixlen == 0 for one in given):
        raise BadSetting("CLINIC_PROXIES must not be everybody.")
    return given or ["127.0.0.0/8", "::1/128"]
