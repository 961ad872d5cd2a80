"""This package is about backups: made, brought back to look at them, restored."""

from clinic.operations.actions.backups.creating import create, prune
from clinic.operations.actions.backups.restoring import NotRestored, restore
from clinic.operations.actions.backups.sealing import new_key
from clinic.operations.actions.backups.tools import ToolFailed
from clinic.operations.actions.backups.verifying import verify
from clinic.operations.queries.backup_key import NoKey

__all__ = [
    "NoKey",
    "NotRestored",
    "ToolFailed",
    "create",
    "new_key",
    "prune",
    "restore",
    "verify",
]
