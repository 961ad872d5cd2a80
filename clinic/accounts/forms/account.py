"""This file is about what the browser sends to go on in another clinic."""

from clinic.core.forms import BaseForm, Identifier, required


class ClinicForm(BaseForm):
    """The clinic a person chose from the menu."""

    clinic = Identifier("Clinic", [required("Choose a clinic.")])
