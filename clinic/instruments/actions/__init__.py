"""This package is about what may be done with rating scales: record, review, license, retire."""

from clinic.instruments.actions.correcting import (
    CorrectedMeanwhile,
    correct_response,
    withdraw_response,
)
from clinic.instruments.actions.files import wording_in
from clinic.instruments.actions.licences import (
    LARGEST_FILE,
    EvidenceFile,
    compare_wording,
    load_wording,
    put_on_file,
    retire_scale,
)
from clinic.instruments.actions.own import add_own_scale
from clinic.instruments.actions.recording import record_response
from clinic.instruments.actions.reviewing import review_safety

__all__ = [
    "LARGEST_FILE",
    "CorrectedMeanwhile",
    "EvidenceFile",
    "add_own_scale",
    "compare_wording",
    "correct_response",
    "load_wording",
    "put_on_file",
    "record_response",
    "retire_scale",
    "review_safety",
    "withdraw_response",
    "wording_in",
]
