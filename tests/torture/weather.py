"""This file is about bad weather while tablets log: it is survived when all goes on by itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from flask import Flask

from clinic.core.db import db
from clinic.core.errors import WORDS
from tests.durability.load import Ward, kept, logging
from tests.durability.server import KillableServer
from tests.torture.table import Fault

NURSES, SESSIONS, ENTRIES_EACH = 4, 24, 25
REFUSAL = WORDS[503][1]


@dataclass(frozen=True)
class Trial:
    """A server on its database, four nurses with their sessions: 600 entries."""

    app: Flask
    ward: Ward
    server: KillableServer
    at: str | None = None  # the time that every entry bears; without it the tablet's own

    def survives(
        self,
        line: Fault,
        weather: Callable[[], AbstractContextManager[None]],
        times: int,
        *,
        refuses: bool = True,
    ) -> None:
        """Throw it so many times while every tablet logs; afterwards count what was kept.

        `refuses`: it lasts until a tablet was told that its entry could not be saved.
        """
        self.lets_go()
        with logging(self.server.port, self.ward, ENTRIES_EACH, self.at) as work:
            for number in range(times):
                work.reaches((number + 1) * work.in_all // (times + 2))
                line.tries += 1
                with weather():
                    if refuses:
                        work.is_refused()
                work.reaches(work.acknowledged + 1)
                line.passed += 1
            sent = work.ends()
        found = kept(self.app, self.ward.nurses[0], sent)
        line.lost = found.lost
        line.said.append(
            f"{found.acknowledged} acknowledged, {found.doubled} doubled, {found.breaks} breaks, "
            f"{len(work.refusals)} times told that it is not saved"
        )
        assert found.whole, found
        assert all(REFUSAL in words for words in work.refusals), work.refusals

    def lets_go(self) -> None:
        """The test itself holds no connection meanwhile."""
        with self.app.app_context():
            db.engine.dispose()
