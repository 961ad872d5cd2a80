"""This file is about panels that later rooms add to the front page of a chart."""

from clinic.patients import add_panel
from tests.factories import make_patient


def test_panels_stand_in_their_order_and_know_the_patient(desk, app, work, somebody):
    add_panel(app, "late", 900, lambda patient: f"<p>late {patient.given_name}</p>")
    add_panel(app, "early", 800, lambda _patient: "<p>early</p>")
    with work(somebody):
        maya = make_patient()

    page = desk.get(f"/patients/{maya.id}").text

    assert "<p>late Maya</p>" in page
    assert page.index("<p>early</p>") < page.index("<p>late Maya</p>")


def test_a_panel_with_nothing_to_show_leaves_no_trace(desk, app, work, somebody):
    with work(somebody):
        maya = make_patient()
    before = desk.get(f"/patients/{maya.id}").text
    add_panel(app, "empty", 900, lambda _patient: "")

    assert desk.get(f"/patients/{maya.id}").text.count("<section") == before.count("<section")
