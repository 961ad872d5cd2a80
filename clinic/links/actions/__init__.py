"""This package is about what may be done with links: send, remind, withdraw, answer, finish."""

from clinic.links.actions.answering import LinkEnded, answer, finish, open_link
from clinic.links.actions.consenting import CONSENT_PART
from clinic.links.actions.languages import choose_language
from clinic.links.actions.proving import BirthTry, try_birth
from clinic.links.actions.sending import remind, renew_link, send_link, withdraw_link
from clinic.links.actions.tokens import hash_of, token_of, url_of

__all__ = [
    "CONSENT_PART",
    "BirthTry",
    "LinkEnded",
    "answer",
    "choose_language",
    "finish",
    "hash_of",
    "open_link",
    "remind",
    "renew_link",
    "send_link",
    "token_of",
    "try_birth",
    "url_of",
    "withdraw_link",
]
