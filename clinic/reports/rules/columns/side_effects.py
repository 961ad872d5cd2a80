"""This file is about the columns of side effects: seen in a session, or told at a follow-up."""

from clinic.protocols.rules import Severity
from clinic.reports.rules.cells import Kind
from clinic.reports.rules.column import Column, codes
from clinic.reports.rules.columns.common import keys, moments, postpartum_day
from clinic.reports.rules.columns.effects import SOURCES, Effect, began_or_told_at, own, seen, told
from clinic.reports.rules.masks import Privacy

COLUMNS: tuple[Column[Effect], ...] = (
    *keys(own),
    Column(
        "source",
        "Seen in the session, or told at a follow-up; then nobody asked when it began or whether "
        "it was serious",
        Kind.CODE,
        lambda r: r.source,
        codes=SOURCES,
    ),
    Column(
        "side_effect_id",
        "Entry of the onset; of a told one, the contact as first written",
        Kind.CODE,
        lambda r: str(r.told.contact_id if r.told else r.onset_id),
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "term",
        "Code of the term; the list is in the session's version of the protocol; bladder: asked "
        "at every follow-up",
        Kind.CODE,
        lambda r: r.term,
        privacy=Privacy.KEEP,
    ),
    Column("term_words", "Words of the term in that version", Kind.TEXT, lambda r: r.words),
    Column("typed_words", "What was typed beside the term", Kind.TEXT, lambda r: r.typed),
    Column(
        "peak_severity",
        "Worst severity that was recorded",
        Kind.CODE,
        lambda r: r.severity and r.severity.value,
        codes=codes(Severity),
    ),
    Column(
        "follow_up",
        "Code of the follow-up in which she told of it; empty: seen in the session",
        Kind.CODE,
        told(lambda one: one.code),
        privacy=Privacy.KEEP,
    ),
    *moments("told_at", "When she told of it", told(lambda one: one.at), own),
    *moments("onset_at", "When it began", seen(lambda e: e.onset_at), own),
    Column(
        "onset_minute",
        "Whole minutes from the first drug delivered; negative before it",
        Kind.INTEGER,
        seen(lambda e: e.onset_minute),
        unit="min",
        definition="D1.1",
    ),
    postpartum_day(began_or_told_at, own, "onset_at, of a told one of told_at"),
    *moments(
        "resolved_at", "When it was over; empty: not recorded", seen(lambda e: e.resolved_at), own
    ),
    Column(
        "duration_minutes",
        "Whole minutes from onset to resolution",
        Kind.INTEGER,
        seen(lambda e: e.duration_minutes),
        unit="min",
    ),
    Column(
        "ongoing_at_leaving",
        "Went on when she left; empty while she has not left, and for a told one",
        Kind.YES_NO,
        lambda r: r.ongoing,
        definition="D6",
    ),
    Column(
        "serious",
        "Recorded as serious; empty for a told one",
        Kind.YES_NO,
        seen(lambda e: e.serious),
    ),
    Column(
        "serious_criterion", "Why it is serious, as typed", Kind.TEXT, seen(lambda e: e.criterion)
    ),
    Column(
        "reported_to",
        "Who was told of a serious event (rems, medwatch, sponsor, none), separated by spaces",
        Kind.CODE,
        lambda r: " ".join(dict.fromkeys(report.to.value for report in r.reports)) or None,
        privacy=Privacy.KEEP,
    ),
    Column(
        "reported_on",
        "First day on which somebody was told",
        Kind.DAY,
        lambda r: min((report.on for report in r.reports), default=None),
    ),
    Column(
        "still_to_report",
        "Serious, and nobody wrote down to whom it was reported; empty when it is not serious",
        Kind.YES_NO,
        lambda r: not r.reports if r.is_serious else None,
    ),
    Column(
        "author",
        "Who wrote the onset, or the contact",
        Kind.TEXT,
        lambda r: r.author,
        privacy=Privacy.PSEUDONYM,
    ),
    Column(
        "transcribed",
        "Onset copied from paper",
        Kind.YES_NO,
        lambda r: r.onset.transcribed if r.onset else None,
    ),
    Column(
        "corrected",
        "Onset, or contact, changed after it was first written",
        Kind.YES_NO,
        lambda r: r.corrected,
    ),
)
