"""This file is about antidepressant trials: the table in force, and what the trials come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from clinic.core.db import db
from clinic.evaluation.library import checklist, shipped_table
from clinic.evaluation.models import AntidepressantTable
from clinic.evaluation.rules import Fact, Judged, Resistance, TrialTable, judged, resistance
from clinic.evaluation.rules import trials_in as rows_of

TRIALS = "trials"
VALUES = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True)
class InForce:
    """The table that counts. `version` None: the one that comes with the program."""

    table: TrialTable
    version: AntidepressantTable | None

    @property
    def name(self) -> str:
        """How it is called beside what it decided."""
        return (
            f"the clinic’s table, version {self.version.n}"
            if self.version
            else "the program’s table"
        )


def all_tables() -> Sequence[AntidepressantTable]:
    """Every version that this clinic has published, newest first."""
    return db.session.scalars(
        select(AntidepressantTable).order_by(AntidepressantTable.n.desc())
    ).all()


def table_in_force() -> InForce:
    """The newest table of the clinic, else the one that comes with the program."""
    newest = next(iter(all_tables()), None)
    return InForce(newest.table() if newest else shipped_table(), newest)


def trials_of(answers: Mapping[str, str], table: TrialTable) -> list[Judged]:
    """The trials that were told, each judged by a table."""
    section = checklist().section(TRIALS)
    most = section.rows.most if section and section.rows else 0
    if answers.get("trials_taken") != "yes":
        return []
    found = (judged(table, row) for row in rows_of(answers, most))
    return [trial for trial in found if trial]


def resistance_fact(answers: Mapping[str, str], in_force: InForce) -> Fact:
    """Whether enough adequate trials failed; no value while nobody has said what she took."""
    trials = trials_of(answers, in_force.table)
    taken = answers.get("trials_taken")
    if taken is None or (taken == "yes" and not trials):
        return Fact("treatment_resistant", None, "not asked yet", in_force.name)
    found = resistance(in_force.table, trials)
    return Fact("treatment_resistant", VALUES[found.resistant], counted(found), in_force.name)


def counted(found: Resistance) -> str:
    """`1 of 2 needed, 1 not known`."""
    needed = "number needed not set by this clinic"
    if found.needed is not None:
        needed = f"{found.needed} needed"
    unknown = f", {found.unknown} not known" if found.unknown else ""
    return f"{found.counted} counted, {needed}{unknown}"
