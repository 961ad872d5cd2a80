"""This package is about what the browser sends: answers, the decision, the clinic's table."""

from clinic.evaluation.forms.sections import DecisionForm, SectionForm, section_form, typed_in
from clinic.evaluation.forms.table import TableForm, table_form

__all__ = [
    "DecisionForm",
    "SectionForm",
    "TableForm",
    "section_form",
    "table_form",
    "typed_in",
]
