"""This file is about what each answer tells the browser: run only our scripts, keep no page."""

import secrets

from flask import Flask, Response, current_app, g, request

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none';"
    " frame-ancestors 'none'; form-action 'self'"
)
# What no page of ours asks a tablet for, so that no script on it can.
NEVER_NEEDED = (
    *("camera", "microphone", "geolocation", "payment", "usb", "serial", "hid"),
    *("midi", "display-capture", "accelerometer", "gyroscope", "magnetometer", "browsing-topics"),
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NEVER_NEEDED),
}
A_YEAR = "max-age=31536000; includeSubDomains"


def csp_nonce() -> str:
    """The word that lets this page's own inline script run; another one for every answer."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def protect(response: Response) -> Response:
    """Set the headers. Clinical pages are never kept; files of ours may be."""
    response.headers.update(FIXED)
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=csp_nonce())
    if current_app.config["SECURE_COOKIES"]:
        response.headers["Strict-Transport-Security"] = A_YEAR
    if request.endpoint != "static" or response.status_code >= 400:
        # Whatever a view or a library said: a page keeps its own ETags in memory (live.js).
        response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Set the headers on every answer, errors and files too."""
    app.after_request(protect)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
