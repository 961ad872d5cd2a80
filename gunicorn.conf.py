"""This file is about how the server runs, in the demo and in a clinic: threads, limits, its log."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from gunicorn.arbiter import Arbiter

APP_LOAD_ERROR = Arbiter.APP_LOAD_ERROR  # the code by which a worker ends the whole server


def counters_folder() -> str:
    """Where the workers of this server keep what they count together; a new server counts anew.

    What servers left that were killed is taken away.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{COUNTERS}*"):
        if not Path("/proc", left.name.removeprefix(COUNTERS).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.mkdtemp(prefix=f"{COUNTERS}{os.getpid()}-")


COUNTERS = "clinic-counters-"
counters = os.environ.get("PROMETHEUS_MULTIPROC_DIR") or counters_folder()
os.environ["PROMETHEUS_MULTIPROC_DIR"] = counters

worker_class = "gthread"
workers = 2
threads = 8
timeout = 30
graceful_timeout = 10
keepalive = 5
# The control socket opens a thread before the fork, which has left workers hanging.
control_socket_disable = True
# The application records requests and who made them; a second log would hold patients' URLs.
accesslog = None
errorlog = "-"
loglevel = "warning"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"class": "clinic.core.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stderr",
        }
    },
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
}
limit_request_line = 4094
limit_request_fields = 64


def post_worker_init(worker: Any) -> None:
    """Serve nobody as a role that could turn off what PostgreSQL refuses; the server ends then."""
    from clinic.core.db.serving import why_not_to_serve

    if found := why_not_to_serve(worker.wsgi):
        worker.log.error("not served: %s See docs/postgresql.md.", " ".join(found))
        raise SystemExit(APP_LOAD_ERROR)


def child_exit(_server: Any, worker: Any) -> None:
    """Forget the live gauges of a worker that ended; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """Take the counters along."""
    shutil.rmtree(counters, ignore_errors=True)
