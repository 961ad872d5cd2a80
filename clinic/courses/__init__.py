"""This package is about courses of treatment: under which protocol, since when, how they ended."""

from clinic.core import records
from clinic.courses.models import Course

records.register("course_id", Course, "patient_id")
