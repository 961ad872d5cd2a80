"""This file is about lines of CSV: cells that a spreadsheet cannot run, quotes, line ends."""

import csv
import io
import re
from collections.abc import Iterable

# What makes a spreadsheet run a cell, in both widths; and the mark itself, so that taking one mark
# away always gives back what was typed.
RUNS = tuple("=+-@\t\r\n＝＋－＠")
MARK = "'"


def safe(text: str) -> str:
    """A text with a mark before it when a spreadsheet would run it, or when it begins with one."""
    return MARK + text if text.startswith((*RUNS, MARK)) else text


def line(cells: Iterable[str]) -> str:
    """One line of CSV: commas, quotes where needed, CR LF at its end (RFC 4180)."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def file_name(*parts: str) -> str:
    """`harbour-sessions-2026-03-01-to-2026-03-12.csv`: letters, digits and hyphens only."""
    words = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts)
    return f"{'-'.join(filter(None, words)) or 'export'}.csv"
