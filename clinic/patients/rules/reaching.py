"""This file is about one spelling of what reaches her, by which she is looked up."""

FEWEST_DIGITS = 6
COMPARED_DIGITS = 8  # the last ones: with and without the code of a country it is the same phone


def plain_phone(typed: str) -> str:
    """Its last eight digits; nothing for what is too short to be a phone."""
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    return digits[-COMPARED_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""


def plain_email(typed: str) -> str:
    """In small letters; nothing for what is no address."""
    return typed.strip().casefold() if "@" in typed else ""
