"""This file is about an application whose clock a test moves, through a file, while it runs."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from clinic import create_app
from clinic.core.clock import system_clock
from config import settings

OFFSET = "TORTURE_OFFSET_FILE"


def bent_clock() -> datetime:
    """The machine's time and as many seconds as the file says."""
    return system_clock() + timedelta(seconds=int(Path(os.environ[OFFSET]).read_text()))


app = create_app(settings(), clock=bent_clock)
