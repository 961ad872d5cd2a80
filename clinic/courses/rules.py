"""This file is about the states of a course of treatment."""

from enum import StrEnum


class CourseStatus(StrEnum):
    """Codes of FHIR R4 EpisodeOfCare, stored as written."""

    PLANNED = "planned"
    ACTIVE = "active"
    FINISHED = "finished"
    CANCELLED = "cancelled"
