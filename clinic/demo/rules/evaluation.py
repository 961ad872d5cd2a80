"""This file is about what the evaluations of the demonstration say: nothing against treatment."""

NEVER = (
    *("aneurysm", "brain_bleed", "drug_allergy", "heart_disease", "pressure_in_pregnancy"),
    *("raised_pressure_inside", "psychosis", "bipolar", "substances", "alcohol"),
    *("vasoconstrictor", "seizures", "thyroid", "porphyria"),
)
REASON = "Depression since the birth, two medicines tried, nothing speaks against treatment."
UNFINISHED = frozenset({"history", "health"})  # the sections of one that nobody has finished


def answers(infant: str, milk_choice_on: str, weight: str) -> dict[str, dict[str, str]]:
    """Section -> its answers; `milk_choice_on`: day of the talk, as YYYY-MM-DD; `weight` in kg.

    Answers to what is not asked of her are left out when they are handed in.
    """
    return {
        "history": {
            "episode": "first",
            "other_conditions": "none",
            "bladder_symptoms": "no",
            "sleep_apnoea": "no",
        },
        "health": {
            "systolic": "118",
            "diastolic": "74",
            "heart_rate": "72",
            "spo_two": "98",
            "weight": weight,
            "pregnancy_test": "negative",
            "liver_tests": "normal",
            "urine_screen": "negative",
            "medicines_asked": "yes",
        },
        "severity": {"harm_infant": "no", "suicidal_now": "no"},
        "infant": infant_answers(infant, milk_choice_on),
        "trials": trials(),
        "contraindications": {"liver_disease": "none", **dict.fromkeys(NEVER, "no")},
    }


def infant_answers(infant: str, milk_choice_on: str) -> dict[str, str]:
    """The infant, the milk, and who is there for both of them."""
    return {
        "infant_weight": "4.2",
        "infant_early": "no",
        "infant_ill": "no",
        "statement_shown": "yes",
        "milk_choice": "pause",
        "pause_hours": "12",
        "pause_agreed_on": milk_choice_on,
        "pause_agreed_with": "Dr Chidi Okafor",
        "carer": "yes",
        "carer_name": f"{infant}'s grandmother",
        "escort": "yes",
        "escort_name": f"{infant}'s father",
    }


def trials() -> dict[str, str]:
    """Two medicines before, each long enough."""
    return {
        "trials_taken": "yes",
        "medicine_1": "Sertraline",
        "highest_dose_1": "150",
        "weeks_1": "14",
        "dose_enough_1": "yes",
        "improvement_1": "under-25",
        "medicine_2": "Venlafaxine",
        "highest_dose_2": "150",
        "weeks_2": "6",
        "dose_enough_2": "yes",
        "improvement_2": "25-49",
    }
