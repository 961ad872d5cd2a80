"""This file is about what is slow to make and made once for all the applications of a run.

Every test makes an application of its own; templates, addresses and statements are the same in all
of them, and so is what they are compiled to.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

from clinic.core.db import db
from tests.reached_once import Reached

CHEAP = {"argon2__memory_cost": 1024, "argon2__time_cost": 1, "argon2__parallelism": 1}


class CompiledTemplates(BytecodeCache):
    """Keeps the byte code of templates in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what an application before has compiled from the same text."""
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled. The bucket checks the text's hash when it is loaded."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


class KnownRule(Rule):
    """An address that is taken apart once, and whose builder is compiled once.

    The first depends on the text of the address alone, the second on its parts.
    """

    compiled: dict[Any, Callable[..., tuple[str, str]]] = {}
    apart: dict[str, tuple[list[RulePart], list[tuple[bool, str]], dict[str, Any]]] = {}

    def _parse_rule(self, rule: str) -> list[RulePart]:
        if rule not in self.apart:
            before = len(self._trace)
            parts = list(super()._parse_rule(rule))
            self.apart[rule] = parts, self._trace[before:], dict(self._converters)
            return parts
        parts, trace, converters = self.apart[rule]
        self._trace += trace
        self._converters |= converters
        self.arguments |= converters.keys()
        return parts

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        parts = (tuple(self._trace), append_unknown)
        if parts not in self.compiled:
            self.compiled[parts] = super()._compile_builder(append_unknown)
        return self.compiled[parts]


class MadeOnce:
    """What the applications of one process share."""

    def __init__(self, folder: Path) -> None:
        self.templates = CompiledTemplates()
        self.engines: dict[str, Engine] = {}
        self.reached = Reached(folder)

    def lend(self, app: Flask, database_uri: str) -> None:
        """Give an application what was compiled before it.

        Its engine is its own in all that a test may change (who listens to it, its options); the
        connections and the compiled statements are those of the engine that first had this address.
        """
        app.jinja_env.bytecode_cache = self.templates
        app.extensions["tests.reached"] = self.reached
        with app.app_context():
            db.engines[None] = self.engines.setdefault(database_uri, db.engine).execution_options()
