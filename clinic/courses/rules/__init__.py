"""This package is about what may be said of a course: its words, stages, birth, consent."""

from clinic.courses.rules.cautions import Caution, cautions
from clinic.courses.rules.codes import (
    ASKED_BEFORE_THE_DOSE,
    END_REASONS,
    BirthMode,
    CourseStatus,
    DrugClass,
    EndReason,
    Onset,
)
from clinic.courses.rules.consent import (
    NO_CONSENT,
    TALKS,
    Act,
    Consent,
    Held,
    Talk,
    Wording,
    digest_of,
    faults_of_body,
    is_her_name,
    rendered,
)
from clinic.courses.rules.particulars import (
    MedicationFacts,
    Particulars,
    delivery_of,
    fault_of_weeks,
    narrative,
)
from clinic.courses.rules.signature import NotDrawn, Strokes, path_of, strokes_of, written
from clinic.courses.rules.stages import (
    NOTHING_YET,
    Progress,
    Stage,
    StageReport,
    current_stage,
)

__all__ = [
    "ASKED_BEFORE_THE_DOSE",
    "END_REASONS",
    "NOTHING_YET",
    "NO_CONSENT",
    "TALKS",
    "Act",
    "BirthMode",
    "Caution",
    "Consent",
    "CourseStatus",
    "DrugClass",
    "EndReason",
    "Held",
    "MedicationFacts",
    "NotDrawn",
    "Onset",
    "Particulars",
    "Progress",
    "Stage",
    "StageReport",
    "Strokes",
    "Talk",
    "Wording",
    "cautions",
    "current_stage",
    "delivery_of",
    "digest_of",
    "fault_of_weeks",
    "faults_of_body",
    "is_her_name",
    "narrative",
    "path_of",
    "rendered",
    "strokes_of",
    "written",
]
