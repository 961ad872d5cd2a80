"""This package is about clinics, the people who work there, and who is at the keyboard."""

from flask import Flask

from clinic.accounts import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Connect sign-in to the application."""
