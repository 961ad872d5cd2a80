"""This file is about what keeps a course from being treated."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Obstacle:
    """Why she is not treated now, as a sentence, and the endpoint of the course to go to."""

    sentence: str
    endpoint: str
