"""This package is about what may be asked of links: how far they are, what they ask, who may."""

from clinic.links.queries.asked import Asked, questions_of
from clinic.links.queries.links import answers_of, link_by_token_hash, links_for, links_of
from clinic.links.queries.sending import why_no_link

__all__ = [
    "Asked",
    "answers_of",
    "link_by_token_hash",
    "links_for",
    "links_of",
    "questions_of",
    "why_no_link",
]
