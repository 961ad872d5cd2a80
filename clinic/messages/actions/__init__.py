"""This package is about what may be done with messages: put, withdraw, deliver; the settings."""

from clinic.messages.actions.delivering import deliver
from clinic.messages.actions.putting import Telling, put_message, withdraw_messages
from clinic.messages.actions.settings import save_settings

__all__ = ["Telling", "deliver", "put_message", "save_settings", "withdraw_messages"]
