"""This file is about an amendment as it is typed, with the password that signs it."""

from wtforms.widgets import TextArea

from clinic.core.forms import Identifier, Text, required
from clinic.sessions.forms.session import Signature


class AmendmentForm(Signature):
    """What is added, why, and the id under which it is sent."""

    id = Identifier("Amendment", [required("Open this page once more, and send it again.")])
    text = Text(
        "What is right",
        [required("Enter what is added or right.")],
        longest=4000,
        widget=TextArea(),
    )
    reason = Text("Why it is amended", [required("Enter why it is amended.")], longest=500)
