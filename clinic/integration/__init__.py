"""This package is about stage 4: what helps beside the drug, and whether it fits with the doses."""

from flask import Flask

from clinic.core import records


def init_app(app: Flask) -> None:
    """Open this room, and let the front page of a course say how stage 4 stands."""
    from clinic import courses
    from clinic.courses.rules import Stage
    from clinic.integration import views
    from clinic.integration.models import (
        CareActivity,
        CareGoal,
        CareHelper,
        CareTask,
        CareTreatment,
        Letter,
        MilkEntry,
    )
    from clinic.patients.models import InfantMeasure

    records.register("activity_id", CareActivity, "patient_id")
    records.register("goal_id", CareGoal, "patient_id")
    records.register("helper_id", CareHelper, "patient_id")
    records.register("letter_id", Letter, "patient_id")
    records.register("measure_id", InfantMeasure, "patient_id")
    records.register("milk_id", MilkEntry, "patient_id")
    records.register("task_id", CareTask, "patient_id")
    records.register("treatment_id", CareTreatment, "patient_id")
    app.register_blueprint(views.bp)
    courses.add_stage(app, Stage.INTEGRATION, views.stage)
    courses.add_panel(app, "integration", 40, views.panel)
