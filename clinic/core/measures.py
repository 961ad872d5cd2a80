"""This file is about what the server counts of itself: requests and how long they take, no names.

Counters are kept for all processes of the server together where `gunicorn.conf.py` names a folder
for them; a process alone counts for itself.
"""

from flask import Flask, Response, current_app, request
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from clinic.core.logs import took

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT"})
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds

answered = Counter("clinic_requests", "Requests", ["endpoint", "method", "status"])
duration = Histogram("clinic_request_seconds", "Time until the answer", ["endpoint"], buckets=STEPS)


def count(response: Response) -> Response:
    """Count a request by its page, never by its address."""
    endpoint = request.endpoint or "none"
    method = request.method if request.method in METHODS else "other"
    answered.labels(endpoint, method, response.status_code).inc()
    duration.labels(endpoint).observe(took())
    return response


def counted() -> str:
    """What was counted, as Prometheus reads it."""
    registry = REGISTRY
    if current_app.config.get("COUNTERS_FOLDER"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry).decode()


def init_app(app: Flask) -> None:
    """Count each request."""
    app.after_request(count)
