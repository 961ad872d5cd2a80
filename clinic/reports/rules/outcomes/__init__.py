"""This package is about the figures of a clinic: what is counted, and what it comes to."""

from clinic.reports.rules.outcomes.counted import Counted, Key
from clinic.reports.rules.outcomes.definitions import Code, Definition, Definitions
from clinic.reports.rules.outcomes.facts import CourseFacts, facts_of
from clinic.reports.rules.outcomes.gathering import Gathering, Tally
from clinic.reports.rules.outcomes.layout import (
    EffectRow,
    Row,
    Section,
    effect_table,
    outcome_rows,
    row_of,
    sections,
)
from clinic.reports.rules.outcomes.report import Pinned, Report, report_of
from clinic.reports.rules.outcomes.scope import Cohort, Followed, Form, Scope
from clinic.reports.rules.outcomes.summary import Kind, Summary, summarize
from clinic.reports.rules.outcomes.words import shown

__all__ = [
    "Code",
    "Cohort",
    "Counted",
    "CourseFacts",
    "Definition",
    "Definitions",
    "EffectRow",
    "Followed",
    "Form",
    "Gathering",
    "Key",
    "Kind",
    "Pinned",
    "Report",
    "Row",
    "Scope",
    "Section",
    "Summary",
    "Tally",
    "effect_table",
    "facts_of",
    "outcome_rows",
    "report_of",
    "row_of",
    "sections",
    "shown",
    "summarize",
]
