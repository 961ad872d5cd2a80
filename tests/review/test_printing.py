"""This file is about a course outside the screen: two pages for everybody, and plain text."""

import pymupdf
import pytest
from outloud import check

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def words(pdf: bytes) -> str:
    document = pymupdf.open(stream=pdf, filetype="pdf")
    return " ".join("".join(page.get_text() for page in document).split())


def faults(pdf: bytes, folder) -> list[str]:
    file = folder / "printed.pdf"
    file.write_bytes(pdf)
    return [one.message for one in check(str(file)).findings if one.severity == "error"]


def test_the_course_is_two_pages_that_are_tagged_for_everybody(desk, course_id, tmp_path):
    answer = desk.get(f"/courses/{course_id}/review.pdf")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert faults(answer.data, tmp_path) == []
    text = words(answer.data)
    assert "Page 1 of 2" in text
    assert "Page 2 of 2" in text
    assert "Course review, Maya Osei" in text
    assert "−50 % Response MADRS, standard 36 to 18" in text
    assert "+46/+26 !!" in text
    assert "After session 2: not signed yet at the time of printing." in text


def test_before_session_1_the_paper_says_so_on_letter_as_well(desk, new_course, tmp_path):
    answer = desk.get(f"/courses/{new_course}/review.pdf?size=letter")

    assert faults(answer.data, tmp_path) == []
    document = pymupdf.open(stream=answer.data, filetype="pdf")
    assert (len(document), round(document[0].rect.width)) == (2, 612)
    assert "No session yet. " in words(answer.data)
    assert "Opens after session 1." in words(answer.data)


def test_the_plain_text_goes_from_the_oldest_to_the_newest_day(desk, course_id):
    answer = desk.get(f"/courses/{course_id}/review.txt")

    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    lines = answer.text.splitlines()
    days = [line.split(",")[0] for line in lines if ", day " in line and not line.startswith(" ")]
    assert days == ["Wed 04 Mar 2026", "Wed 11 Mar 2026"]
    assert "  MADRS, standard: 18, mild, −50\u202f% from baseline" in lines
    assert "    Definition: Response" in answer.text
    assert "Maya Osei · P-1001" in answer.text


def test_another_clinic_gets_neither(desk, stranger, course_id):
    desk.somebody = stranger

    assert desk.get(f"/courses/{course_id}/review.pdf").status_code == 404
    assert desk.get(f"/courses/{course_id}/review.txt").status_code == 404
