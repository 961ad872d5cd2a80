"""This package is about the chart of one session: its spec, its table, its finding in words.

The spec names no colours: every mark has a `style`, and the page gives each style the colours of
its theme. Screen and paper draw the same dict.
"""

from clinic.sessions.charts.spec import session_chart
from clinic.sessions.charts.table import chart_table, finding

__all__ = ["chart_table", "finding", "session_chart"]
