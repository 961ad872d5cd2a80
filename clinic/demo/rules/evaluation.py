"""This file is about what the evaluations of the demonstration say: nothing against treatment."""

NEVER = (
    *("aneurysm", "brain_bleed", "drug_allergy", "heart_disease", "pressure_in_pregnancy"),
    *("raised_pressure_inside", "psychosis", "bipolar", "substances", "alcohol"),
    *("vasoconstrictor", "seizures", "thyroid", "porphyria"),
    *("pressure_today", "pregnant_now"),
)
REASON = "Depression since the birth, two medicines tried, nothing speaks against treatment."
# What is handed in of an evaluation that nobody has finished, and what else is written in it.
UNFINISHED = frozenset({"history", "health", "severity", "trials", "contraindications"})
HIGH_PRESSURE = {
    "pressure_in_pregnancy": "yes",
    "pressure_which": "Gestational hypertension from week 37, no treatment, resolved by day 10",
    "pressure_input": "yes",
    "pressure_plan": "Measured before each dose as the protocol says; obstetrics told when raised",
}
REFERRAL = {
    **dict.fromkeys(("referral_letter", "referral_agreed", "referral_history"), "there"),
    **dict.fromkeys(("referral_medicines", "referral_tests", "referral_contacts"), "there"),
    "referral_birth": "asked-for",
    "referral_pressure": "asked-for",
    "referral_note": "Maternity ward, called today",
}
DRAFT = {"infant_weight": "42", "infant_early": "no", "infant_ill": "no", "stored_milk": "4"}


def answers(infant: str, said_on: str, weight: str) -> dict[str, dict[str, str]]:
    """Section -> its answers; `said_on`: day of the talk, as YYYY-MM-DD; `weight` in kg.

    Answers to what is not asked of her are left out when they are handed in.
    """
    return {
        "history": history(),
        "health": health(said_on, weight),
        "severity": {"harm_infant": "no", "suicidal_now": "no"},
        "infant": infant_answers(infant, said_on),
        "trials": trials(),
        "contraindications": {"liver_disease": "none", **dict.fromkeys(NEVER, "no")},
    }


def history() -> dict[str, str]:
    """Nothing of note in her history."""
    return {
        "episode": "first",
        "other_conditions": "none",
        "bladder_symptoms": "no",
        "sleep_apnoea": "no",
        "signs_voices": "no",
        "signs_beliefs": "no",
        "signs_confused": "no",
        "signs_sleep": "no",
        "family_bipolar": "no",
    }


def health(said_on: str, weight: str) -> dict[str, str]:
    """Readings in range and tests without a finding; `weight` in kg."""
    return {
        "systolic": "118",
        "diastolic": "74",
        "heart_rate": "72",
        "spo_two": "98",
        "pressure_symptoms": "no",
        "weight": weight,
        "pregnancy_test": "negative",
        "pregnancy_test_on": said_on,
        "liver_tests": "normal",
        "urine_screen": "negative",
        "medicines_asked": "yes",
        "benzodiazepine_high": "no",
        "sedating_others": "no",
    }


def infant_answers(infant: str, said_on: str) -> dict[str, str]:
    """The infant, the milk, and who is there for both of them."""
    return {
        "infant_weight": "4.2",
        "infant_early": "no",
        "infant_ill": "no",
        "statement_shown": "yes",
        "other_guidance_told": "yes",
        "written_given": "yes",
        "milk_watch_told": "yes",
        "milk_choice": "pause",
        "pause_hours": "12",
        "pause_agreed_on": said_on,
        "pause_agreed_with": "Dr Chidi Okafor",
        "carer": "yes",
        "carer_name": f"{infant}'s grandmother",
        "escort": "yes",
        "escort_name": f"{infant}'s father",
        "driver": "yes",
    }


def trials() -> dict[str, str]:
    """Two medicines before, each long enough."""
    return {
        "trials_taken": "yes",
        "medicine_1": "Sertraline",
        "highest_dose_1": "150",
        "weeks_1": "14",
        "improvement_1": "under-25",
        "why_ended_1": "Still taken",
        "counts_as_1": "counts",
        "counts_reason_1": "Dose judged by the prescriber from the pharmacy's list",
        "medicine_2": "Venlafaxine",
        "highest_dose_2": "150",
        "weeks_2": "6",
        "improvement_2": "25-49",
        "counts_as_2": "counts",
        "counts_reason_2": "Dose judged by the prescriber from the pharmacy's list",
    }
