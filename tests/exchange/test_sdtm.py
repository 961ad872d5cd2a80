"""Files in the shape of SDTM: read back they are what was recorded, and their rules hold."""

import re
from dataclasses import replace
from functools import cache

from clinic.exchange.rules.sdtm import DOMAINS, Subject
from clinic.reports.rules.masks import Mask
from clinic.reports.rules.record import entries
from clinic.sessions.rules.log import Observation
from tests.exchange.made import HER_WORDS, KEY, T0, dossier, lens, used
from tests.exchange.read_back import readings, rows
from tests.reports.made import number

ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z))?")


@cache
def files(*, masked: bool = False) -> dict[str, list[dict[str, str]]]:
    """Domain -> its records."""
    hers = Subject(lens(Mask.keyed(KEY) if masked else None), dossier())
    return {d.code: rows(d.head() + "".join(d.lines(hers))) for d in DOMAINS}


def test_what_is_read_back_from_the_files_is_what_was_recorded():
    found = readings(files()["VS"], files()["QS"])

    recorded = {
        str(row.line.root_id): row.stands
        for course in dossier().courses
        for session in course.sessions
        for row in entries(session, Observation)
        if row.stands is not None
    }
    assert found.keys() == recorded.keys()
    for entry, read in found.items():
        source = recorded[entry]
        assert (read.at, read.signs, read.oxygen) == (
            source.effective_at,
            dict(source.signs),
            source.oxygen_l_min,
        )


def test_de_identified_the_values_are_the_same_and_words_are_gone():
    plain, masked = (readings(files(masked=m)["VS"], files(masked=m)["QS"]) for m in (False, True))

    def values(found):
        return [{s: type(v) for s, v in one.signs.items()} for one in found.values()]

    assert values(plain) == values(masked)
    assert HER_WORDS not in str(files(masked=True))
    told = str(files(masked=True))
    assert [w for w in ("P-1001", "HARBOUR", "2026-03-12", "1994-05") if w in told] == []


def test_no_file_says_study_day_0_and_without_a_dose_there_is_none():
    undosed = Subject(lens(), replace(dossier(), doses=()))

    for records in files().values():
        assert "0" not in {row[name] for row in records for name in row if name.endswith("DY")}
    assert undosed.day_of(T0) is None


def test_every_moment_is_iso_8601_with_its_offset():
    moments = {
        row[name]
        for records in files().values()
        for row in records
        for name in row
        if name.endswith("DTC") and row[name]
    }

    assert len(moments) > 20
    assert [one for one in moments if not ISO.fullmatch(one)] == []


def test_each_record_is_of_one_study_and_subject_and_numbers_run_from_1():
    for code, records in files().items():
        assert {(r["STUDYID"], r["DOMAIN"], r["USUBJID"]) for r in records} == {
            ("HARBOUR", code, "HARBOUR-P-1001")
        }
        if code != "DM":
            assert [r[f"{code}SEQ"] for r in records] == [str(n + 1) for n in range(len(records))]


def test_every_visit_of_a_record_is_a_visit_of_the_subject():
    known = {(row["VISITNUM"], row["VISIT"]) for row in files()["SV"]}

    for records in files().values():
        said = {(r["VISITNUM"], r["VISIT"]) for r in records if r.get("VISITNUM")}
        assert said <= known
    assert {name: n for n, name in known} == {
        "SESSION 1": "1",
        "SESSION 2": "2",
        "COURSE 2 SESSION 1": "1001",
        "BASELINE": "0",
        "DAY-7": "507",
        "SESSION 1 24-HOURS": "1.05",
    }


def test_the_reference_is_the_first_dose_of_the_first_course():
    [dm] = files()["DM"]

    assert (dm["RFSTDTC"], dm["RFXENDTC"]) == (
        "2026-03-12T10:00:00+00:00",
        "2026-06-04T11:00:00+01:00",
    )
    assert (dm["AGE"], dm["SEX"], dm["BRTHDTC"], dm["ARMNRS"]) == ("31", "F", "1994-05-02", "")


def test_a_woman_without_a_dose_has_an_arm_and_was_not_treated():
    undosed = Subject(lens(), replace(dossier(), doses=()))
    domain = DOMAINS[0]

    [dm] = rows(domain.head() + "".join(domain.lines(undosed)))

    assert (dm["ARMCD"], dm["ACTARMCD"], dm["RFSTDTC"], dm["ARMNRS"]) == (
        "esketamine-nasal-56-84",
        "",
        "",
        "ASSIGNED, NOT TREATED",
    )


def test_a_partial_dose_has_no_number_and_nothing_delivered_is_0_d5_1():
    given = {row["EXSPID"]: row for row in files()["EX"]}

    pieces = [given[str(number(n))] for n in (3, 4, 5)]
    assert [(one["EXDOSE"], one["EXDOSTXT"]) for one in pieces] == [
        ("28", ""),
        ("", "DEVICE 2: PARTIAL, AMOUNT UNKNOWN"),
        ("0", ""),
    ]
    assert given[str(number(201))]["EXDOSE"] == "30.75"


def test_a_session_without_a_dose_is_a_visit_that_did_not_occur_and_no_exposure():
    [cancelled] = [row for row in files()["SV"] if row["VISITNUM"] == "2"]

    assert cancelled["SVOCCUR"] == "N"
    assert "2" not in {row["VISITNUM"] for row in files()["EX"]}
    assert "2" in {row["VISITNUM"] for row in files()["VS"]}


def test_what_was_withdrawn_is_in_no_file():
    assert str(number(11)) not in str(files())
    assert str(used("MADRS", 4, {}).id) not in str(files())


def test_the_reading_before_the_dose_is_the_baseline_of_its_session_d2_1():
    flagged = {(r["VISITNUM"], r["VSTESTCD"]) for r in files()["VS"] if r["VSBLFL"] == "Y"}

    assert flagged == {
        (visit, test)
        for visit in ("1", "1001")
        for test in ("SYSBP", "DIABP", "HR", "RESP", "OXYSAT", "TEMP")
    }


def test_a_skipped_item_is_not_done_and_zero_is_a_score_d7_4():
    epds = {r["QSTESTCD"]: r for r in files()["QS"] if r["QSGRPID"] == str(used("EPDS", 2, {}).id)}
    gad = {r["QSTESTCD"]: r for r in files()["QS"] if r["QSGRPID"] == str(used("GAD7", 6, {}).id)}

    assert (epds["EPDS04"]["QSSTAT"], epds["EPDS04"]["QSREASND"]) == ("NOT DONE", "SKIPPED")
    assert (epds["EPDSTOT"]["QSORRES"], epds["EPDSTOT"]["QSREASND"]) == ("", "ITEMS MISSING")
    assert (gad["GAD701"]["QSORRES"], gad["GAD7TOT"]["QSSTRESN"]) == ("0", "0")


def test_no_item_of_a_scale_is_told_by_its_wording():
    names = {row["QSTEST"] for row in files()["QS"]}

    assert not [name for name in names if "interest" in name]
    assert {"PHQ-9 Item 1", "PHQ-9 Total", "MOAA/S"} <= names


def test_names_are_as_long_as_sdtm_lets_them_be():
    for code, records in files().items():
        for row in records:
            assert len(row.get(f"{code}TESTCD", "")) <= 8
            assert len(row.get(f"{code}TEST", "")) <= 40
    for domain in DOMAINS:
        for variable in domain.variables:
            assert len(variable.name) <= 8
            assert len(variable.label) <= 40


def test_severe_serious_and_told_are_three_things():
    [serious] = [row for row in files()["AE"] if row["AESER"] == "Y"]
    [told] = [row for row in files()["AE"] if row["AECAT"] == "FOLLOW-UP"]

    assert serious["AESEV"] == "MILD"
    assert (told["AESER"], told["AESTDTC"], told["AEOUT"]) == ("", "", "UNKNOWN")
    assert (told["AEDTC"], told["VISIT"]) == ("2026-03-13T10:00:00+00:00", "SESSION 1 24-HOURS")


def test_an_unknown_start_is_no_day_and_nobody_guesses_whether_she_still_takes_it():
    found = {row["CMTRT"]: row for row in files()["CM"]}

    assert (found["Sertraline"]["CMSTDTC"], found["Sertraline"]["CMENRF"]) == ("", "ONGOING")
    assert found["Lorazepam"]["CMENRF"] == "UNKNOWN"
    assert (found["Labetalol"]["CMSTDY"], found["Labetalol"]["CMENDY"]) == ("-49", "-11")
    assert found["Ondansetron"]["CMCAT"] == "GIVEN IN SESSION"
