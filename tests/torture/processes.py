"""This file is about the processes of a database that a test ends, and when they are gone."""

import os
import signal
import time
from pathlib import Path


def family(first: int) -> list[int]:
    """A process and those it started."""
    children = Path(f"/proc/{first}/task/{first}/children").read_text()
    return [first, *map(int, children.split())]


def end(first: int) -> None:
    """Pull the plug: nobody gets to finish anything. Returns when all are gone."""
    everyone = family(first)
    for process in everyone:
        os.kill(process, signal.SIGKILL)
    while any(alive(process) for process in everyone):
        time.sleep(0.02)


def alive(process: int) -> bool:
    """Whether it is there, and no zombie."""
    try:
        said = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return said.rsplit(")", 1)[1].split()[0] != "Z"
