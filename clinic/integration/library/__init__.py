"""This package is about the texts of letters that come with the program."""

from pathlib import Path

from clinic.integration.rules import Recipient

HERE = Path(__file__).parent


def shipped_text(recipient: Recipient) -> str:
    """The text that comes with the program for a recipient."""
    return (HERE / f"{recipient}.txt").read_text(encoding="utf-8").strip()
