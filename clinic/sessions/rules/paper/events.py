"""This file is about the events of a flowsheet: what each phrase says, in words that are fixed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic.protocols.rules import SessionPlan
from clinic.sessions.rules.paper.phrases import ASKED

Words = Mapping[str, str | None]
SEVERITY = r"(?P<severity>mild|moderate|severe)"
BECAUSE = r" because (?P<reason>.+)"


@dataclass(frozen=True)
class Said:
    """One thing that a line says: the kind of entry, its fields, and what must be looked up first.

    `about`: what the entry refers to, by the words of the sheet (`alert`, `effect`, `pressure-at`,
    `device`). Fields and words are text, as a form takes them.
    """

    kind: str
    fields: Mapping[str, str]
    about: tuple[str, str] | None = None


def given(event: str) -> Callable[[Words], Said]:
    """A dose event with the words that belong to it."""
    return lambda words: Said("administration", {"event": event} | full(words))


def step(event: str) -> Callable[[Words], Said]:
    """A step of the session."""
    return lambda words: Said("transition", {"event": event} | full(words))


def around(kind: str, event: str) -> Callable[[Words], Said]:
    """A cannula, or out of the room."""
    return lambda words: Said(kind, {"event": event} | full(words))


def wasted(words: Words) -> Said:
    """An amount thrown away before a second person."""
    return Said("supply", {"event": "wasted", "unit": "mg"} | full(words))


def effect(words: Words) -> Said:
    """A side effect begins."""
    return Said("adverse-event", {"event": "onset"} | full(words))


def effect_over(words: Words) -> Said:
    """A side effect is over."""
    return Said("adverse-event", {"event": "resolved"}, ("effect", str(words["term"])))


def taken_up(words: Words) -> Said:
    """An alert is taken up."""
    did = {"action_taken": str(words["action"])}
    return Said("acknowledgement", did, ("alert", str(words["sign"])))


def closed(words: Words) -> Said:
    """A psychiatrist closes an alert."""
    why = {"closes": "true", "reason": str(words["why"])}
    return Said("acknowledgement", why, ("alert", str(words["sign"])))


def done(category: str) -> Callable[[Words], Said]:
    """Something is done for her."""
    return lambda words: Said("intervention", {"category": category} | full(words))


def right_pressure(words: Words) -> Said:
    """A blood pressure was written wrongly."""
    fields = {key: str(words[key]) for key in ("systolic", "diastolic", "reason")}
    return Said("observation", fields, ("pressure-at", str(words["time"])))


def right_lot(words: Words) -> Said:
    """A lot was written wrongly."""
    fields = {key: str(words[key]) for key in ("lot", "reason")}
    return Said("administration", fields, ("device", str(words["number"])))


def right_severity(words: Words) -> Said:
    """A severity was written wrongly."""
    fields = {key: str(words[key]) for key in ("severity", "reason")}
    return Said("adverse-event", fields, ("effect-written", str(words["term"])))


def item(words: Words) -> Said:
    """One item of the lists is answered."""
    return Said(
        "check", {"item": str(words["item"]), "answer": str(words["answer"]).replace(" ", "-")}
    )


def full(words: Words) -> dict[str, str]:
    """The words that were written."""
    return {name: said for name, said in words.items() if said is not None}


BOX = r" lot (?P<lot>\S+) exp (?P<expires_on>\d{4}-\d{2}-\d{2})"
RATE = r" (?P<rate_mg_per_h>[\d.]+) mg/h"
PAIR = r"(?P<systolic>\d+)/(?P<diastolic>\d+)"
MEDICINE = (
    r"(?P<drug>[^\d:]+?) (?P<dose>[\d.]+ ?(?:mg|mL|g|mcg|units)) (?P<route>[\w ]+?)"
    r"(?: ordered by (?P<ordered_by>.+))?"
)
GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[Words], Said]], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.I), makes)
    for pattern, makes in (
        (r"device (?P<device_number>\d) (?P<outcome>complete|partial|none)" + BOX, given("device")),
        (r"injection (?P<mg>[\d.]+) mg" + BOX, given("injection")),
        (r"lozenge in (?P<mg>[\d.]+) mg" + BOX, given("lozenge-in")),
        (r"lozenge out (?P<remains>dissolved|swallowed|spat-out)", given("lozenge-out")),
        (r"infusion starts" + RATE + BOX, given("infusion-start")),
        (r"infusion rate" + RATE, given("infusion-rate")),
        (r"infusion pauses", given("infusion-pause")),
        (r"infusion resumes", given("infusion-resume")),
        (r"infusion stops", given("infusion-stop")),
        (r"dosing stopped: (?P<text>.+)", step("dosing-stopped")),
        (r"would have been ready at minute (?P<minutes>\d+)", step("would-have-been-ready")),
        (r"leaves against advice: (?P<text>.+)", step("left-against-advice")),
        (r"transferred: (?P<text>.+)", step("transferred")),
        (r"leaves", step("left")),
        (r"cancelled: (?P<text>.+)", step("cancelled")),
        (r"emergency: (?P<text>.+)", step("emergency")),
        (r"emergency over", step("emergency-over")),
        (r"cannula placed (?P<site>.+)", around("cannula", "placed")),
        (r"cannula attempt failed(?: (?P<site>.+))?", around("cannula", "attempt-failed")),
        (r"cannula removed", around("cannula", "removed")),
        (r"out of the room: (?P<text>.+)", around("absence", "left-room")),
        (r"back in the room", around("absence", "back")),
        (
            r"(?:device (?P<device_number>\d) )?wasted (?P<amount>[\d.]+) mg with (?P<witness>.+)",
            wasted,
        ),
        (r"acknowledged (?P<sign>[^:]+): (?P<action>.+)", taken_up),
        (r"psychiatrist closes (?P<sign>[^:]+): (?P<why>.+)", closed),
        (r"oxygen (?P<text>\d+(?:\.\d)? L(?:/min)?)", done("oxygen")),
        (r"called: (?P<text>.+)", done("call")),
        (MEDICINE, done("medicine")),
        (r"corrects (?P<time>\d{1,2}:\d{2}) BP " + PAIR + BECAUSE, right_pressure),
        (r"corrects device (?P<number>\d) lot (?P<lot>\S+)" + BECAUSE, right_lot),
        (r"corrects (?P<term>[a-z-]+) to " + SEVERITY + BECAUSE, right_severity),
        (r"(?P<item>[a-z0-9-]+): (?P<answer>yes|no|refused|not reached)", item),
        (r"(?P<term>[a-z-]+) " + SEVERITY, effect),
        (r"(?P<term>[a-z-]+) over", effect_over),
    )
)
ARRIVED = "Written on paper: name and date of birth asked"
AS_A_WHOLE = "On paper: the list was answered as a whole"


def events_of(cell: str, plan: SessionPlan, *, breastfeeding: bool | None) -> list[Said]:
    """What an event cell says, phrase by phrase. ValueError names a phrase that nobody knows."""
    return [
        said
        for phrase in cell.split(";")
        if phrase.strip()
        for said in said_by(" ".join(phrase.split()), plan, breastfeeding=breastfeeding)
    ]


def said_by(phrase: str, plan: SessionPlan, *, breastfeeding: bool | None) -> list[Said]:
    """What one phrase says; the list before the dose is one answer for each of its items."""
    if phrase == "arrives":
        return [Said("transition", {"event": "checked-in", "text": ARRIVED})]
    if phrase == "list before the dose answered":
        asked = [i for i in plan.pre_dose if breastfeeding is not False or not i.if_breastfeeding]
        whole = {"text": AS_A_WHOLE}
        return [Said("check", {"item": i.code, "answer": str(i.expected)} | whole) for i in asked]
    if phrase in ASKED:
        return [Said("check", {"item": i, "answer": a}) for i, a in ASKED[phrase].items()]
    for pattern, makes in GRAMMAR:
        if found := pattern.fullmatch(phrase):
            return [makes(found.groupdict())]
    raise ValueError(f"Nobody knows the event {phrase!r}. The words are listed on the page.")
