"""This package is about what may be asked of a review: the record of a course, its decisions."""

from clinic.review.queries.decisions import KIND, Standing, decided, standing_of
from clinic.review.queries.record import record_of

__all__ = ["KIND", "Standing", "decided", "record_of", "standing_of"]
