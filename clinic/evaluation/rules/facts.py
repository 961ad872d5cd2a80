"""This file is about what the record already says and nobody types a second time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """`value` None: the record does not say. `text` is for people, `source` names the record."""

    code: str
    value: str | None
    text: str
    source: str


LABELS = {
    "delivery": "Delivery",
    "birth": "Birth",
    "postpartum_days": "Days since the birth",
    "allergies": "Allergies",
    "diagnosis": "Diagnosis",
    "onset": "Onset",
    "infants": "Infants",
    "her_milk": "Gives her milk",
    "medicines": "Medicines now",
    "benzodiazepine": "Benzodiazepine now",
    "hypnotic": "Other hypnotic now",
    "opioid": "Opioid now",
    "psychostimulant": "Psychostimulant now",
    "maoi": "MAO inhibitor now",
    "decongestant": "Decongestant now",
    "antihypertensive": "Blood pressure medicine now",
    "pause_suggested": "The protocol suggests to talk about a pause of",
    "treatment_resistant": "Adequate trials that failed",
    "consent": "Her consent",
    "talks": "Talks before it",
}
