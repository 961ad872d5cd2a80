"""This file is about a course day by day: cards, plain text, what stands in its head."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from clinic.followups.rules import Told
from clinic.protocols.rules import Severity
from clinic.review.charts import Range, course_chart, length_of
from clinic.review.rules import Decided, Decision, Weight
from clinic.review.rules.events import events
from clinic.review.rules.strip import strip
from clinic.review.rules.summary import summary
from tests.review.made import at, course, maya, one_session, told, use


def cards(record, shown=Range.COURSE):
    return {card["title"].split(",")[0]: card for card in days(record, shown)}


def days(record, shown=Range.COURSE):
    return course_chart(record, shown)["usermeta"]["days"]


def decided(n, word, reason=""):
    at_noon = datetime(2026, 3, 12, 12, tzinfo=UTC)
    who = {"signed_by_id": UUID(int=1), "signed_by": "Dr Chidi Okafor", "signed_at": at_noon}
    return Decided(word, reason, 6, n=n, unchanged=True, new_dose="56 mg", **who)


def test_every_day_of_the_axis_has_one_card_and_they_go_one_way():
    found = days(maya())

    stands = [card["day"] for card in found]
    low, high = course_chart(maya())["usermeta"]["axis"]
    assert stands == sorted(stands)
    assert len({card["title"] for card in found}) == len(found)
    assert low <= stands[0] < low + 1.5
    assert high - 1.5 < stands[-1] <= high


def test_a_card_has_every_value_of_its_day_and_no_other():
    card = cards(maya())["Tue 24 Feb 2026"]

    said = dict(card["lines"])
    assert card["title"] == "Tue 24 Feb 2026, day 0, 4 w 5 d postpartum"
    assert (card["session"], card["day"]) == (1, 0)
    assert said["MADRS, standard"] == "34, moderate"
    assert said["PHQ-9 item 9"] == "1, reviewed"
    assert said["Session 1"].startswith("56 mg; BP 116/74 to 138/86 mmHg, rise +22/+12, below")
    assert said["Sertraline"] == "150 mg daily"
    assert "Lorazepam" not in said


def test_a_day_without_anything_says_only_what_she_took():
    card = cards(maya())["Sun 01 Mar 2026"]

    assert card["lines"] == [["Sertraline", "150 mg daily"]]
    assert card["session"] is None


def test_nothing_is_said_to_be_taken_on_a_day_to_come():
    assert cards(maya())["Fri 20 Mar 2026"]["lines"] == []


def test_what_she_told_of_stands_on_the_day_of_the_contact():
    headache: Told = told(1, "headache", Severity.MODERATE)

    said = dict(cards(maya(told=(headache,)))["Wed 25 Feb 2026"]["lines"])

    assert said["Headache"] == "moderate, told at 24 hours after the dose"


def test_a_use_without_a_total_says_why_and_is_no_number():
    epds = use("EPDS", 7, 12)
    gap = replace(epds, answers={}, score=replace(epds.score, total=None))

    [first] = [one for one in events(course(gap, sessions=one_session())) if one.subject == "EPDS"]

    assert first.words.startswith("no total")


def test_two_courses_are_drawn_over_the_same_length():
    short = course(use("MADRS", -1, 34), sessions=one_session(), ended_on=date(2026, 3, 1))

    chart = course_chart(short, least=length_of(maya()))

    low, high = chart["usermeta"]["axis"]
    assert length_of(short) < length_of(maya())
    assert round(high - low, 2) == length_of(maya())


def test_the_plain_text_goes_from_the_oldest_to_the_newest():
    first = decided(1, Decision.CONTINUE)
    text = summary(maya(), [decided(2, Decision.CHANGE, "Rise of 46/26."), first])

    found = [line for line in text.splitlines() if ", day " in line and not line.startswith(" ")]
    moments = [datetime.strptime(line.split(",")[0], "%a %d %b %Y") for line in found]  # noqa: DTZ007
    assert moments == sorted(moments)
    assert len(moments) == len(set(moments)) >= 10
    change = "Decision after session 6: change the dose or the schedule, new dose 56 mg."
    assert f"{change} Reason: Rise of 46/26. Signed by Dr Chidi Okafor." in text
    assert text.index("Decision after session 6: continue") < text.index(change)
    assert "partial, MADRS, 24-hour version 33 to 21, −36\u202f%." in text
    assert text.rstrip().endswith("STILL TAKEN: Sertraline 150 mg daily")


def test_before_the_first_dose_the_plain_text_claims_nothing():
    text = summary(course(use("EPDS", -5, 20), day=-1), [])

    assert "Nothing was given yet" in text
    assert "No MADRS, standard yet" in text


def test_the_head_says_what_was_told_of_the_infant_and_never_that_milk_is_all_right():
    weighed = (Weight("Leo", at(-3), 4100), Weight("Leo", at(9), 4900))
    record = replace(maya(), weights=weighed)

    quiet = dict(strip(record, [(at(1), False), (at(8), False)]))
    told_once = dict(strip(record, [(at(1), True), (at(8), False)]))

    assert quiet["Leo, 4900 g"] == "weighed Thu 05 Mar"
    assert quiet["6 pauses agreed"] == "of 6 sessions so far"
    assert quiet["No infant concern told"] == "asked 2 times, last Wed 04 Mar"
    assert told_once["Infant concern told"] == "Wed 25 Feb, asked 2 times"


def test_nothing_asked_of_the_infant_is_not_no_concern():
    assert not [what for what, _ in strip(maya(), []) if "concern" in what]
