"""This file is about Encounter: one session until she left, one follow-up that reached her."""

from clinic.exchange.rules.dossier import Contact, CourseFile, Dossier
from clinic.exchange.rules.fhir.values import (
    TERMINOLOGY,
    Json,
    clinic,
    coded,
    concept,
    identified,
    period,
    reference,
    resource,
)
from clinic.exchange.rules.lens import Lens
from clinic.exchange.rules.visits import began_at
from clinic.followups.rules import How
from clinic.reports.rules import SessionRecord

# "left" says nothing of where she went.
WENT = {"left-against-advice": "aadvice", "transferred": "other-hcf"}


def encounter(lens: Lens, session: SessionRecord) -> Json:
    """One session. Nothing of it says that a drug was given: that is its administrations' part."""
    went = WENT.get(session.state.readiness.left_how or "")
    disposition = concept(f"{TERMINOLOGY}discharge-disposition", went) if went else None
    room = lens.mask.text(session.room)
    return resource(
        "Encounter",
        lens.id(session.id),
        identifier=identified(lens.book, "session-number", str(session.number)),
        status=session.status,
        class_={"system": f"{TERMINOLOGY}v3-ActCode", "code": "AMB"},
        type=[coded(lens.book, "encounter:session", f"Monitored session {session.number}")],
        subject=her(lens, session),
        episodeOfCare=[reference("EpisodeOfCare", lens.id(session.course_id))],
        period=period(lens.moment(began_at(session)), lens.moment(session.state.clock.left_at)),
        hospitalization={"dischargeDisposition": disposition} if disposition else None,
        location=[{"location": {"type": "Location", "display": f"Room {room}"}}] if room else [],
        serviceProvider=clinic(lens, session.clinic_code),
    )


def contact_encounter(lens: Lens, dossier: Dossier, course: CourseFile, contact: Contact) -> Json:
    """One follow-up in which she was reached: a visit, else from afar."""
    here = contact.how == How.VISIT
    return resource(
        "Encounter",
        lens.id(contact.id),
        identifier=identified(lens.book, "contact", lens.id(contact.id)),
        status="finished",
        class_={"system": f"{TERMINOLOGY}v3-ActCode", "code": "AMB" if here else "VR"},
        type=[coded(lens.book, f"follow-up:{contact.code}", f"Follow-up, {contact.code}")],
        subject=reference("Patient", lens.id(dossier.person.id)),
        episodeOfCare=[reference("EpisodeOfCare", lens.id(course.id))],
        participant=[
            {"individual": {"type": "Practitioner", "display": lens.mask.person(contact.author)}}
        ],
        period=period(lens.moment(contact.at), None),
        serviceProvider=clinic(lens, dossier.clinic_code),
    )


def her(lens: Lens, session: SessionRecord) -> Json:
    """Whose session it is."""
    return reference("Patient", lens.id(session.patient_id))


def visit(lens: Lens, session: SessionRecord) -> Json:
    """The session as another resource names it."""
    return reference("Encounter", lens.id(session.id))
