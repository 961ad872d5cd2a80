"""This file is about the words of events on paper, as the sheet and the page list them."""

# Phrase -> how it is written. Braces: what the writer fills in.
PHRASES = {
    "arrives": "she is here; name and date of birth were asked",
    "list before the dose answered": "every item of the list as the protocol expects it",
    "{item}: yes": "one item of the lists by its code; also no, refused, not reached",
    "device 1 complete lot 25K118 exp 2027-12-31": "also partial, none",
    "injection 36 mg lot A1 exp 2027-12-31": "into a muscle",
    "infusion starts 42 mg/h lot A1 exp 2027-12-31": "also: pauses, resumes, stops, rate 21 mg/h",
    "dosing stopped: {why}": "nothing more is given",
    "nausea mild": "a side effect of the protocol's list; mild, moderate, severe",
    "nausea over": "it has gone",
    "acknowledged blood pressure: {action}": "also heart rate, respiratory rate, SpO2, symptom",
    "oxygen 2 L": "oxygen given",
    "ondansetron 4 mg oral ordered by Dr Okafor": "a medicine, its dose, its route",
    "called: {whom}": "help called",
    "cannula placed {site}": "also: cannula attempt failed, cannula removed",
    "device 2 wasted 20 mg with {name}": "before a second person; of a vial: wasted 20 mg with",
    "out of the room: {where, with whom}": "also: back in the room",
    "emergency: {what}": "dosing stops; also: emergency over",
    "walks steadily": "asked before leaving",
    "suicide risk asked, none": "asked, nothing found",
    "escort here": "who takes her home has come",
    "baby cared for tonight": "somebody else looks after the baby",
    "no driving understood": "she was told and has understood",
    "advice given": "the written advice",
    "would have been ready at minute 95": "the nurse's own statement",
    "leaves": "she goes; also: leaves against advice: {words}; transferred: {where}",
    "corrects 15:03 BP 152/94 because {why}": "the pressure of that time was written wrongly",
    "corrects device 1 lot 25K119 because {why}": "the lot was written wrongly",
    "corrects nausea to mild because {why}": "the severity was written wrongly",
    "written 11:15": "when this line was written, if later than its time",
}

ASKED = {
    "walks steadily": {"steady-walk": "yes"},
    "suicide risk asked, none": {"suicide-risk-asked": "yes", "suicide-risk-found": "no"},
    "escort here": {"escort-arrived": "yes"},
    "baby cared for tonight": {"infant-cover": "yes"},
    "no driving understood": {"no-driving": "yes"},
    "advice given": {"advice-given": "yes"},
}
