"""This package is about follow-ups: what is due when, what is asked, what must be answered."""

from clinic.followups.rules.answers import (
    EMERGENCIES,
    Answers,
    Concern,
    Question,
    asked,
    concerns,
    step_fault,
)
from clinic.followups.rules.codes import Amount, How, NextStep, Reached, Reply, State, Status
from clinic.followups.rules.contact import ContactFacts, Screen, answer_faults, time_faults
from clinic.followups.rules.due import Due, Handled, due_follow_ups
from clinic.followups.rules.scales import NotOffered, ToAsk, scales_at
from clinic.followups.rules.told import Symptom, Told, symptoms
from clinic.followups.rules.waking import Window, is_waking, within_waking_hours

__all__ = [
    "EMERGENCIES",
    "Amount",
    "Answers",
    "Concern",
    "ContactFacts",
    "Due",
    "Handled",
    "How",
    "NextStep",
    "NotOffered",
    "Question",
    "Reached",
    "Reply",
    "Screen",
    "State",
    "Status",
    "Symptom",
    "ToAsk",
    "Told",
    "Window",
    "answer_faults",
    "asked",
    "concerns",
    "due_follow_ups",
    "is_waking",
    "scales_at",
    "step_fault",
    "symptoms",
    "time_faults",
    "within_waking_hours",
]
