"""This file is about which domains there are, and the variables of each."""

from functools import partial

from clinic.exchange.rules.sdtm import events, people, scales
from clinic.exchange.rules.sdtm.common import ISO, VISIT, group, result, timed
from clinic.exchange.rules.sdtm.domain import Domain, Origin, Variable
from clinic.exchange.rules.sdtm.findings import of_readings

DERIVED, ASSIGNED = Origin.DERIVED, Origin.ASSIGNED


def planned(code: str) -> tuple[Variable, ...]:
    """For which moment of the plan a reading counts."""
    return (
        Variable(f"{code}TPT", "Planned Time Point Name", DERIVED, definition="D1.2"),
        Variable(f"{code}TPTNUM", "Planned Time Point Number", DERIVED, True, definition="D1.2"),
        Variable(f"{code}ELTM", "Planned Elapsed Time", DERIVED, meaning="ISO 8601 duration"),
        Variable(f"{code}TPTREF", "Time Point Reference", ASSIGNED),
        Variable(f"{code}RFTDTC", "Date/Time of Reference", meaning=ISO, definition="D1.1"),
    )


def tested(code: str) -> tuple[Variable, ...]:
    """What was looked at."""
    return (
        group(code),
        Variable(f"{code}TESTCD", "Test Short Name", ASSIGNED),
        Variable(f"{code}TEST", "Test Name", ASSIGNED),
    )


BASELINE = "Value before the dose of its session"
DM = (
    Variable("SUBJID", "Subject Identifier for the Study", meaning="Number in the clinic"),
    Variable("RFSTDTC", "Reference Start", DERIVED, definition="D1.1", meaning="First dose here"),
    Variable("RFENDTC", "Reference End", DERIVED, definition="D1.1", meaning="T0 of the last one"),
    Variable("RFXSTDTC", "First Study Treatment", DERIVED, definition="D1.1", meaning=ISO),
    Variable("RFXENDTC", "Last Study Treatment", DERIVED, definition="D1.1", meaning=ISO),
    Variable("RFPENDTC", "End of Participation", DERIVED, meaning="Empty while a course goes on"),
    Variable("SITEID", "Study Site Identifier", ASSIGNED),
    Variable("BRTHDTC", "Date of Birth", meaning="Empty where the file is de-identified"),
    Variable("AGE", "Age", DERIVED, True, meaning="At the first dose; de-identified at most 90"),
    Variable("AGEU", "Age Units", ASSIGNED, codes=("YEARS",)),
    Variable("SEX", "Sex", ASSIGNED, codes=("F",), meaning="Every patient here gave birth"),
    Variable("ARMCD", "Planned Arm Code", meaning="Protocol of the first course"),
    Variable("ARM", "Description of Planned Arm"),
    Variable("ARMNRS", "Reason Arm is Null", codes=("ASSIGNED, NOT TREATED",)),
    Variable("ACTARMCD", "Actual Arm Code"),
    Variable("ACTARM", "Description of Actual Arm"),
    *timed("DM", "Collection"),
)
SV = (
    Variable("SVREFID", "Reference ID", ASSIGNED, meaning="The session; empty: no session"),
    Variable("SVOCCUR", "Occurrence", codes=("Y", "N"), meaning="N: cancelled"),
    *VISIT,
    *timed("SVST", "Start of Visit"),
    *timed("SVEN", "End of Visit"),
)
EX = (
    Variable("EXSPID", "Sponsor-Defined Identifier", ASSIGNED, meaning="The entry"),
    Variable("EXTRT", "Name of Treatment", codes=("ESKETAMINE", "KETAMINE"), definition="D1.5"),
    Variable("EXDOSE", "Dose", is_number=True, definition="D5.1", meaning="Empty: not known"),
    Variable("EXDOSTXT", "Dose Description", definition="D5.1"),
    Variable("EXDOSU", "Dose Units", meaning="UCUM"),
    Variable("EXDOSFRM", "Dose Form"),
    Variable("EXROUTE", "Route of Administration"),
    Variable("EXLOT", "Lot Number", definition="D5.2"),
    *VISIT,
    *timed("EXST", "Start of Treatment", "D1.1"),
    *timed("EXEN", "End of Treatment"),
)
VS = (
    *tested("VS"),
    Variable("VSCAT", "Category", ASSIGNED, codes=("VITAL SIGNS",)),
    *result("VS", "D2.3"),
    Variable("VSBLFL", "Baseline Flag", DERIVED, codes=("Y",), definition="D2.1", meaning=BASELINE),
    *VISIT,
    *timed("VS", "Measurement", "D1.3"),
    *planned("VS"),
)
AE = (
    Variable("AESPID", "Sponsor-Defined Identifier", ASSIGNED),
    Variable("AETERM", "Reported Term"),
    Variable("AEDECOD", "Dictionary-Derived Term", meaning="Empty: MedDRA is licensed"),
    Variable("AECAT", "Category", codes=("SESSION", "FOLLOW-UP"), meaning="Seen, or told later"),
    Variable("AESEV", "Severity", codes=("MILD", "MODERATE", "SEVERE"), meaning="The worst"),
    Variable("AESER", "Serious Event", codes=("Y", "N"), meaning="Empty: told, nobody asked"),
    Variable(
        "AEOUT",
        "Outcome",
        codes=("RECOVERED/RESOLVED", "NOT RECOVERED/NOT RESOLVED", "UNKNOWN"),
    ),
    *VISIT,
    *timed("AE", "Collection of a told one"),
    *timed("AEST", "Start"),
    *timed("AEEN", "End"),
)
QS = (
    *tested("QS"),
    Variable("QSCAT", "Category", ASSIGNED, meaning="The scale"),
    Variable("QSSCAT", "Subcategory", ASSIGNED, meaning="Its printed form", definition="D7.1"),
    *result("QS", "D7.2"),
    Variable("QSBLFL", "Baseline Flag", DERIVED, codes=("Y",), definition="D2.1", meaning=BASELINE),
    Variable("QSDRVFL", "Derived Flag", DERIVED, codes=("Y",), meaning="A total or a level"),
    Variable("QSEVAL", "Evaluator", codes=("INVESTIGATOR", "STUDY SUBJECT"), definition="D7.5"),
    Variable("QSEVINTX", "Evaluation Interval Text", definition="D7.3"),
    *VISIT,
    *timed("QS", "Finding"),
    *planned("QS"),
)
CM = (
    Variable("CMSPID", "Sponsor-Defined Identifier", ASSIGNED),
    Variable("CMTRT", "Reported Name of Medicine", meaning="Empty where it is de-identified"),
    Variable("CMCAT", "Category", ASSIGNED, codes=("OTHER TREATMENT", "GIVEN IN SESSION")),
    Variable("CMCLAS", "Class"),
    Variable("CMDOSTXT", "Dose Description"),
    Variable("CMROUTE", "Route of Administration"),
    Variable("CMENRF", "End Relative to Now", codes=("ONGOING", "UNKNOWN"), definition="D8.7"),
    *VISIT,
    *timed("CMST", "Start"),
    *timed("CMEN", "End"),
)
SC = (
    *tested("SC"),
    Variable("SCORRES", "Result in Original Units"),
    Variable("SCORRESU", "Original Units", meaning="UCUM"),
    Variable("SCSTRESC", "Character Result in Std Format", DERIVED),
    Variable("SCSTRESN", "Numeric Result in Std Units", DERIVED, True),
    Variable("SCSTRESU", "Standard Units", DERIVED, meaning="UCUM"),
    *timed("SC", "Collection"),
)

vital_signs = partial(of_readings, code="VS", scales=False)
DOMAINS: tuple[Domain, ...] = (
    Domain("DM", "Demographics", "subject", DM, people.demographics, numbered=False),
    Domain("SV", "Subject Visits", "visit of a subject", SV, events.visits),
    Domain("EX", "Exposure", "piece, or infusion", EX, events.exposure),
    Domain("VS", "Vital Signs", "sign of a set of readings", VS, vital_signs),
    Domain("AE", "Adverse Events", "side effect", AE, events.adverse),
    Domain("QS", "Questionnaires", "item or total of a use", QS, scales.rows),
    Domain("CM", "Concomitant Medications", "medicine", CM, events.medicines),
    Domain("SC", "Subject Characteristics", "fact of a course", SC, people.characteristics),
)
