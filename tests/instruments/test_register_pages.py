"""The pages of the register: three steps by two people, refusals beside the field, no leak."""

import io
import re
from datetime import UTC, datetime

import pytest

from clinic.core.acting import Acting
from clinic.core.audit import AuditEvent
from clinic.core.db import apart, db, new_id
from clinic.core.permissions import Role
from clinic.instruments import queries
from clinic.instruments.models import LicenceEvidence, ScaleWording
from tests.desk import DUBLIN, TOKEN
from tests.factories import CLINIC_ID
from tests.instruments.cases import LIBRARY
from tests.instruments.licensed import invented, licensed, load, on_file
from tests.instruments.room import fields, items

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
EPDS, LINE = LIBRARY["EPDS"], "/settings/scales/EPDS/en"
PDF = b"%PDF-1.7 a letter"
SECOND = Acting(new_id(), CLINIC_ID, DUBLIN)


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def upload(content, name="letter.pdf"):
    return io.BytesIO(content), name


def as_yaml(wording):
    """The file as a clinic fills it in."""
    lines = [f"scale: {wording.scale}", f'version: "{wording.version}"', "language: en"]
    lines += [f"title: {wording.title}", f"stem: {wording.stem}", f'notice: "{wording.notice}"']
    lines.append("items:")
    for item in wording.items:
        answers = ", ".join(f'{{score: {a.score}, text: "{a.text}"}}' for a in item.answers)
        lines += [f"  - number: {item.number}", f"    text: {item.text}"]
        lines.append(f"    answers: [{answers}]")
    return "\n".join(lines).encode()


EVIDENCE = {"reference": "Letter of 2 March", "ends_on": "2026-12-31"}
COVERS = {"paper": "y", "screen": "y", "phone": "y"}


@pytest.fixture
def admin(desk):
    desk.role = Role.ADMINISTRATOR
    return desk


def ticks(wording):
    return {f"line_{n}": "y" for n, _ in enumerate(wording.lines(), 1)}


def test_three_steps_by_two_people_open_a_scale(admin, work, somebody):
    first = admin.get(LINE)
    assert "Opens when step 1 is saved" in first.text
    assert "humour" in first.text

    admin.post(f"{LINE}/evidence", file=upload(PDF), **EVIDENCE, **COVERS)
    loaded = admin.post(f"{LINE}/wording", wording=upload(as_yaml(invented(EPDS)), "epds.yaml"))
    assert loaded.status_code == 303
    page = admin.get(LINE)
    assert "Second check" in page.text
    assert "Invented sentence" not in page.text
    compare = re.search(r'href="(/settings/scales/wordings/[^"]+)"', page.text).group(1)
    own = admin.post(compare, verdict="same", **ticks(invented(EPDS)))
    assert "A second person compares it." in own.text
    admin.somebody, admin.role = SECOND, Role.PSYCHIATRIST
    unfinished = admin.post(compare, verdict="same", line_1="y")
    assert "lines are not ticked" in unfinished.text
    assert admin.post(compare, verdict="same", **ticks(invented(EPDS))).status_code == 303

    page = admin.get(LINE)
    assert "all steps done" in page.text
    assert "Invented sentence 10" in page.text
    with work(somebody):
        assert queries.may_go_to_phone("EPDS").allowed


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose the letter or contract of the owner."),
        ({"file": upload(b"MZ\x90")}, "Choose a PDF, or a picture"),
        ({"file": upload(PDF), "reference": ""}, "Enter what it is, and its number."),
        ({"file": upload(PDF), "ends_on": "2026-03-11"}, "Enter a day that is not before today."),
        ({"file": upload(PDF), "ends_on": "soon"}, "Enter valid until as year-month-day"),
        ({"file": upload(PDF), "paper": ""}, "Mark at least one thing that it covers."),
    ],
)
def test_evidence_that_cannot_be_is_refused_and_what_was_typed_is_kept(admin, sent, sentence):
    sent = {k: upload(v[0].getvalue(), v[1]) if k == "file" else v for k, v in sent.items()}
    answer = admin.post(f"{LINE}/evidence", **EVIDENCE | {"paper": "y"} | sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert (sent.get("reference", "Letter of 2 March") or 'name="reference"') in answer.text


def sent_raw(admin, address, field, content, **typed):
    """A form with a large file, put together here: the test client would keep it on disk."""
    token = TOKEN.search(admin.get("/protocols").text).group(1)
    parts = [(name, "", value.encode()) for name, value in {"csrf_token": token, **typed}.items()]
    parts.append((field, '; filename="letter.pdf"', content))
    head = '--cut\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    body = b"".join(head.format(n, more).encode() + value + b"\r\n" for n, more, value in parts)
    kind = "multipart/form-data; boundary=cut"
    return admin.client.post(address, data=body + b"--cut--\r\n", content_type=kind)


def test_a_letter_of_two_megabytes_is_taken_and_comes_back_as_it_was(admin):
    content = PDF + b"x" * 2_000_000

    taken = sent_raw(admin, f"{LINE}/evidence", "file", content, **EVIDENCE, **COVERS)
    refused = sent_raw(admin, f"{LINE}/wording", "wording", content)

    assert taken.status_code == 303
    link = re.search(r'href="(/settings/scales/evidence/[^"]+)"', admin.get(LINE).text).group(1)
    saved = admin.get(link)
    assert saved.data == content
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert refused.status_code == 413


SHORT = b', {score: 0, text: "invented answer 0"}]\n  - number: 4', b"]\n  - number: 4"
TAGGED = b"stem:", b"run: !!python/object:os.system x\nstem:"
WRONG_FILES = {
    "Item 3 has 3 answers, 4 are needed.": lambda t: t.replace(*SHORT),
    "The wording has 9 items, 10 are needed.": lambda t: t[: t.index(b"  - number: 10")],
    "This is the wording of PHQ9": lambda t: t.replace(b"scale: EPDS", b"scale: PHQ9"),
    "an alias (*name)": lambda t: t.replace(b"title: Invented title", b"title: *other"),
    "this key is not known": lambda t: t.replace(*TAGGED),
    "not text in UTF-8": lambda t: b"\xff\xfe" + t,
    "not valid JSON": lambda _: b"{not json",
    "must hold the keys": lambda _: b"",
}


@pytest.mark.parametrize("sentence", WRONG_FILES)
def test_a_wording_file_that_does_not_fit_names_each_line(admin, work, somebody, sentence):
    with work(somebody):
        on_file(EPDS)
    content = WRONG_FILES[sentence](as_yaml(invented(EPDS)))

    answer = admin.post(f"{LINE}/wording", wording=upload(content, "epds.yaml"))

    assert answer.status_code == 422
    assert sentence in words(answer).replace("&#39;", "'")
    with work(somebody):
        assert db.session.query(ScaleWording).count() == 0


def test_without_evidence_no_wording_is_loaded(admin, work, somebody):
    file = upload(as_yaml(invented(EPDS)), "epds.yaml")

    assert admin.post(f"{LINE}/wording", wording=file).status_code == 409


def test_a_wording_is_typed_in_and_kept_when_a_line_is_missing(admin, work, somebody):
    with work(somebody):
        on_file(EPDS)
    typed = {"title": "Invented <b>title</b>", "notice": "An invented notice"}
    for item in EPDS.items:
        typed[f"text_{item.number}"] = f"Invented line {item.number}"
        typed |= {f"answer_{item.number}_{n}": f"invented {n}" for n in range(4)}

    missing = admin.post(f"{LINE}/wording/new", **typed | {"text_4": " "})
    saved = admin.post(f"{LINE}/wording/new", **typed)

    assert missing.status_code == 422
    assert "Enter item 4 as printed." in missing.text
    assert "Invented line 9" in missing.text
    assert saved.status_code == 303
    again = admin.post(f"{LINE}/wording/new", **typed)
    assert "says the same already" in again.text
    assert "<b>title</b>" not in again.text


def test_loaded_wording_is_escaped_and_stands_in_no_trail(admin, app, work, somebody):
    evil = "<script>alert(1)</script>"
    with work(somebody):
        wording = invented(EPDS, stem=evil)
        row = load(on_file(EPDS), wording)
    admin.somebody, admin.role = SECOND, Role.PSYCHIATRIST

    page = admin.get(f"/settings/scales/wordings/{row.id}")
    admin.post(page.request.path, verdict="differs", difference="Item 2 says unheard-of")

    assert evil not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    with app.app_context(), apart(write=False) as session:
        trail = " ".join(event.body for event in session.query(AuditEvent))
    assert "Invented sentence" not in trail
    assert "unheard-of" not in trail
    assert "WordingComparison" in trail


def test_who_may_what(desk, work, somebody):
    with work(somebody):
        row = load(on_file(EPDS), invented(EPDS))
    for role in Role:
        desk.role = role
        assert desk.get(LINE).status_code == 200
        changes = role is Role.ADMINISTRATOR
        assert ("Put evidence on file" in desk.get("/settings/scales/MADRS/en").text) is changes
        assert (
            desk.post(f"{LINE}/asked", **{"asked-reference": "x"}).status_code == 303
        ) is changes
        compares = role in (Role.ADMINISTRATOR, Role.PSYCHIATRIST)
        page = desk.get(f"/settings/scales/wordings/{row.id}")
        assert (page.status_code == 200) is compares


def test_evidence_that_ends_in_30_days_is_amber_and_a_skeleton_the_day_after(
    desk, work, somebody, clock
):
    with work(somebody):
        licensed(EPDS)
    clock.now = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)
    amber = desk.get(LINE)
    clock.now = datetime(2027, 1, 1, 9, 0, tzinfo=UTC)
    ended = desk.get(LINE)

    assert "Ends 31 Dec 2026" in words(amber)
    assert "Invented sentence 1" in amber.text
    assert "Ended 31 Dec 2026" in words(ended)
    assert "Invented sentence" not in ended.text


def test_the_list_is_a_file_for_an_audit_without_a_word_of_a_scale(desk, work, somebody):
    with work(somebody):
        licensed(EPDS, reference="=cmd|calc")
    desk.role = Role.AUDITOR

    file = desk.get("/settings/scales.csv")

    epds = next(line for line in file.text.splitlines() if line.startswith("EPDS,"))
    assert "'=cmd|calc,2026-12-31" in epds
    assert "loaded,1," in epds
    assert "Invented" not in file.text
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert len(file.text.splitlines()) == 26


def test_a_retired_scale_says_so_and_can_be_taken_back(admin):
    retired = admin.post(f"{LINE}/retire", **{"retire-reason": "Another scale is used"})
    page = admin.get(LINE)
    admin.post(f"{LINE}/retire", **{"retire-reason": "Used after all"})

    assert retired.status_code == 303
    assert "· retired" in page.text
    assert "· retired" not in admin.get(LINE).text


def test_filters_count_what_they_show(desk):
    page = words(desk.get("/settings/scales?show=phone"))

    assert "Open to phones 3" in page
    assert "Wording loaded 11" in page
    assert "Skeleton 14" in page
    assert desk.get("/settings/scales?show=nonsense").status_code == 200
    assert desk.get("/settings/scales/EPDS/xx").status_code == 404
    assert desk.get("/settings/scales/NOPE/en").status_code == 404


def test_staff_read_topics_of_a_skeleton_and_the_owners_words_once_loaded(
    desk, work, somebody, course_id
):
    """The page on which staff answer, with EPDS and MADRS: first our topics, then the words."""
    for code, topic in (("EPDS", "humour"), ("MADRS", "sleep")):
        page = desk.get(f"/courses/{course_id}/scales/{code}/new").text
        assert topic in page
        assert "own licensed form" in page
        assert "Invented" not in page
    with work(somebody):
        licensed(EPDS)
        licensed(LIBRARY["MADRS"], covers="screen")

    for code in ("EPDS", "MADRS"):
        page = desk.get(f"/courses/{course_id}/scales/{code}/new").text
        assert "Invented sentence 10" in page
        assert "invented answer 2" in page
        assert "(c) An invented owner. Shown with permission." in page
    saved = desk.post(f"/courses/{course_id}/scales/EPDS/new", **fields(items(10, 0, _10=2)))
    shown = words(desk.get(saved.location))
    assert "EPDS item 10: invented answer 2" in shown
    assert "Invented sentence 3" in shown
    assert "EPDS, version 1, English" in shown


def test_a_clinic_does_not_see_the_evidence_of_another(admin, work, stranger):
    with work(stranger):
        row = load(on_file(EPDS), invented(EPDS))
        evidence = db.session.query(LicenceEvidence).one()

    assert admin.get(f"/settings/scales/evidence/{evidence.id}").status_code == 404
    assert admin.get(f"/settings/scales/wordings/{row.id}").status_code == 404
    assert "None on file" in admin.get(LINE).text


def test_staff_choose_among_languages_whose_words_may_stand_on_the_screen(
    desk, work, somebody, course_id
):
    with work(somebody):
        licensed(EPDS)
        licensed(EPDS, "fr", translation="Validated by an invented study")
        on_file(EPDS, "es")
    address = f"/courses/{course_id}/scales/EPDS/new"

    page = desk.get(address).text
    french = desk.get(f"{address}?language=fr&moment=baseline")
    saved = desk.post(f"{address}?language=fr", **fields(items(10, 0)))

    assert "language=fr" in page
    assert "language=es" not in page
    assert 'value="baseline" selected' in french.text
    assert "EPDS, version 1, French" in words(desk.get(saved.location))
    refused = desk.post(f"{address}?language=es", **fields(items(10, 0), way="paper"))
    assert "never scored" in refused.text
