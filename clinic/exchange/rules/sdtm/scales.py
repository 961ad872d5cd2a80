"""This file is about QS: items and totals of scales, by number, never by wording."""

import re
from collections.abc import Iterator

from clinic.exchange.rules.sdtm.domain import Row
from clinic.exchange.rules.sdtm.findings import NOT_DONE, of_readings
from clinic.exchange.rules.sdtm.subject import Subject
from clinic.instruments.rules.answers import NoScore
from clinic.reports.rules import ScoreExport

SKIPPED = "SKIPPED"
LONGEST_PREFIX = 5
LONGEST_NAME = 31  # QSTEST has 40 characters: " Item 16A" still fits


def rows(subject: Subject) -> Iterator[Row]:
    """Judgements of readings, then each use of a scale; what was withdrawn is in no file."""
    if "observations" in subject.what:
        yield from of_readings(subject, "QS", scales=True)
    for course in subject.dossier.courses:
        for use in course.scores:
            if not use.withdrawn:
                shared = common(subject, use) | subject.visit_of(course, use).values
                yield from (shared | one for one in of_use(subject, use))


def common(subject: Subject, use: ScoreExport) -> dict[str, object]:
    """What every record of a use has."""
    form = use.instrument.form(use.form)
    hours = form.recall.hours
    return {
        "QSGRPID": subject.lens.id(use.id),
        "QSCAT": use.instrument.called(use.form).upper(),
        "QSSCAT": form.code.upper(),
        "QSEVAL": "INVESTIGATOR" if use.answered_by == "clinician" else "STUDY SUBJECT",
        "QSEVINTX": f"PREVIOUS {hours} HOURS" if hours else None,
        **subject.timed("QS", use.answered_at),
    }


def prefix(subject: Subject, use: ScoreExport) -> str:
    """The first letters of QSTESTCD: from the list of codes, else from the scale's own code."""
    known = subject.lens.book.named(f"sdtm:scale:{use.instrument.code}")
    return known or re.sub(r"[^A-Z0-9]", "", use.instrument.code.upper())[:LONGEST_PREFIX]


def title(subject: Subject, use: ScoreExport) -> str:
    """What a scale is called in QSTEST: from the list of codes, else its own name, cut."""
    meaning = f"sdtm:scale:{use.instrument.code}"
    book = subject.lens.book
    return (book.words(meaning) if book.named(meaning) else use.instrument.name)[:LONGEST_NAME]


def of_use(subject: Subject, use: ScoreExport) -> Iterator[dict[str, object]]:
    """Each item that was asked, then the total or the level."""
    name, short = title(subject, use), prefix(subject, use)
    not_asked = (use.triage or use.score).not_asked
    for item in use.instrument.items:
        answer = use.answers.get(item.number)
        if answer is None and item.number in not_asked:
            continue
        code = f"{short}{item.number.zfill(2)}"
        yield {"QSTESTCD": code, "QSTEST": f"{name} Item {item.number}"} | said(answer)
    if use.instrument.has_total:
        total = said(use.score.total) if use.score.total is not None else because(use)
        yield {"QSTESTCD": f"{short}TOT", "QSTEST": f"{name} Total", "QSDRVFL": "Y"} | total
    elif use.triage is not None:
        level = use.triage.level.value.upper() if use.triage.level else None
        found = result(level) if level else because(use)
        yield {"QSTESTCD": f"{short}LEV", "QSTEST": f"{name} Level", "QSDRVFL": "Y"} | found


def said(answer: int | NoScore | None) -> dict[str, object]:
    """A score, or why an item has none. Zero is a score."""
    if answer is None:
        return {"QSSTAT": NOT_DONE, "QSREASND": SKIPPED}
    if isinstance(answer, NoScore):
        return {"QSSTAT": NOT_DONE, "QSREASND": answer.value.replace("-", " ").upper()}
    return result(answer) | {"QSSTRESN": answer}


def result(value: object) -> dict[str, object]:
    """What was found, as written and in the standard form."""
    return {"QSORRES": value, "QSSTRESC": value}


def because(use: ScoreExport) -> dict[str, object]:
    """Why there is no total or level (definitions D7.4)."""
    why = use.score.why_no_total.value if use.score.why_no_total else "items-missing"
    return {"QSSTAT": NOT_DONE, "QSREASND": why.replace("-", " ").upper()}
