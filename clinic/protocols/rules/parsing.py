"""This file is about a protocol that cannot be used, and what is said of it."""

from clinic.notation.rules.parsing import NotationError


class ProtocolError(NotationError):
    """A protocol cannot be used. `problems`: one sentence each, with file and line."""

    null_means = "not set by this clinic"
