"""This package is about stage 1: history, health, severity, risks, and the signed decision."""

from clinic.core import drafts

__all__ = ["drafts"]
