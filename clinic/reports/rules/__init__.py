"""This package is about what an export holds: each column once, for file and dictionary alike."""

from clinic.notation.rules.spreadsheet import file_name
from clinic.reports.rules.column import Column, Subject, Table
from clinic.reports.rules.course_record import CourseExport, Owner, ScoreExport
from clinic.reports.rules.figures import Figure, Tally, tally
from clinic.reports.rules.period import Period, fault_of_first, fault_of_last
from clinic.reports.rules.record import ReadingsRecord, SessionRecord, Signature, people_in
from clinic.reports.rules.tables import TABLES, TRAIL, dictionary

__all__ = [
    "TABLES",
    "TRAIL",
    "Column",
    "CourseExport",
    "Figure",
    "Owner",
    "Period",
    "ReadingsRecord",
    "ScoreExport",
    "SessionRecord",
    "Signature",
    "Subject",
    "Table",
    "Tally",
    "dictionary",
    "fault_of_first",
    "fault_of_last",
    "file_name",
    "people_in",
    "tally",
]
