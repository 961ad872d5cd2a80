"""This package is about the picture of a course: rows over one axis of days, and their tables.

The spec names no colours: every mark has a `style`, and the page gives each style the colours of
its theme.
"""

from clinic.review.charts.axis import Range, length_of
from clinic.review.charts.spec import course_chart
from clinic.review.charts.tables import Table, course_tables, finding

__all__ = ["Range", "Table", "course_chart", "course_tables", "finding", "length_of"]
