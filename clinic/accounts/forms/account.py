"""This file is about what the browser sends of oneself: another clinic, the hand that writes."""

from clinic.core.forms import BaseForm, Choice, Identifier, required


class ClinicForm(BaseForm):
    """The clinic a person chose from the menu."""

    clinic = Identifier("Clinic", [required("Choose a clinic.")])


class HandForm(BaseForm):
    """The hand with which a person types on a tablet."""

    hand = Choice(
        "Hand", [required("Choose a hand.")], choices=[("right", "Right"), ("left", "Left")]
    )
