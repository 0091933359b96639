"""What a patient sees of the audit trail: who of the clinic looked at what of hers, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from babel.dates import format_date
from flask import render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy import or_, select

from pwa.accounts import audit
from pwa.accounts.called import ROLES, as_words, besides, by_operator, clinic_zone, naming
from pwa.accounts.entrance import blueprint
from pwa.accounts.hiding import hidden_now, shown_again
from pwa.domain import rights
from pwa.domain.safety.tens import LEAST
from pwa.domain.words import N_
from pwa.errors import Problem
from pwa.records import AuditPatient, AuditRow, CareTeam, Emergency, Person, Version, db

PER_PAGE = 30
#: why a row is told of although it is her own: a new way in was used, perhaps by somebody else
CAME_IN = "coming-in"
ACTIONS = {"read": N_("looked at"), "write": N_("changed")}
ACTIONS |= {"out": N_("ended"), "refused": N_("was refused"), "in": N_("came in")}
#: as the trail calls them → as she would
WHATS = {
    "patients": N_("the list of patients"),
    "patient": N_("your page: how you are, side effects, sessions"),
    "journal": N_("what you share of your journal"),
    "room": N_("what you share, beside your visits and goals"),
    "alerts": N_("your alerts"),
    "alert": N_("one of your alerts"),
    "sessions": N_("your sessions"),
    "treatment": N_("one of your sessions"),
    "course": N_("the plan of your treatment"),
    "effects": N_("your side effects"),
    "outcomes": N_("how you did, among others"),
    "adverse-events": N_("what went wrong in treatment"),
    "adverse-event": N_("something that went wrong in treatment"),
    "notes": N_("the clinic’s notes about you"),
    "note": N_("a note about you"),
    "summary": N_("the summary for your visit"),
    "entry-mark": N_("a mark beside your words"),
    "visit": N_("one of your visits"),
    "offer": N_("what was offered to you"),
    "goal": N_("one of your goals"),
    "page": N_("a page about you that is not theirs"),
    "people": N_("your name and address"),
    "sign-ins": N_("where you are signed in"),
    "closed": N_("your account, which was closed"),
    "opened": N_("your account, which was opened again"),
    "invitations": N_("your invitation"),
    "without-mail": N_("your invitation, which opens without the code of your mail once one of your clinicians agrees"),
    "agreed": N_("your invitation without the code of your mail: said that you asked for it"),
    "refused": N_("your invitation without the code of your mail, which was stopped"),
    "came-in": N_("how you sign in: an invitation was used to come in as you"),
    "withdrawn": N_("your invitation, which was withdrawn"),
    "keys": N_("your way in"),
    "address": N_("your mail address"),
    "messages": N_("which messages went to you, not what they say"),
    "keeping": N_("how long your record is kept"),
    "record": N_("a copy of your record, without your answers and words, as a file"),
    "whole-record": N_(
        "your whole record, without what is for you alone, taken out as a file by whoever runs the server"
    ),
    "erasure": N_("your record, which was erased"),
    "terms": N_("your agreement to the terms of use"),
    "audit": N_("who looked at what is yours"),
    "hide": N_("what you hide"),
    "show": N_("what you show again"),
    "emergency": N_("your record, opened in an emergency"),
    "team": N_("who treats you"),
}

#: why a record was taken out → as she would hear it
WHYS = {
    "patient-asks": N_("Because you asked for it."),
    "other-clinic": N_("For another clinic that goes on with your care."),
    "by-law": N_("Because a law or a court asks for it."),
}


@dataclass(frozen=True)
class Look:
    day: str
    when: str
    who: str
    beside: str
    role: str
    action: str
    what: str
    #: she stood in a list of several patients, and nothing of hers was opened
    in_a_list: bool
    in_an_emergency: bool
    #: in words, where it was said
    why: str


@blueprint.get("/account/looks")
@login_required
def looks() -> str:
    if current_user.role != "patient":
        raise Problem("not-yours")
    rows = _rows(_before())
    shown = rows[:PER_PAGE]
    older = shown[-1].AuditRow.number if len(rows) > PER_PAGE else None
    beside = besides()
    words = {"roles": ROLES, "actions": ACTIONS, "whats": WHATS, "beside": beside}
    parts = [(part, rights.whom(part)) for part in rights.PARTS]
    person: Person = current_user._get_current_object()
    said = partial(as_words, zone=clinic_zone())
    hidden = {"hidden": hidden_now(person), "shown_again": shown_again(person), "when": said}
    found = {"looks": _told(shown, beside), "older": older, "emergencies": _emergencies(person), "team": _team(person)}
    found |= {
        "parts": parts,
        "part": rights.part,
        "called": rights.WORDS,
        "hours": rights.EMERGENCY_HOURS,
        "least": LEAST,
    }
    return render_template("accounts/looks.html", **found, **hidden, **words)


def _before() -> int | None:
    """From which row on the page goes back, from the address; from the newest one for anything else."""
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def _rows(before: int | None) -> Sequence[Any]:
    named, row = AuditPatient, AuditRow
    hers = (named.clinic_id == current_user.clinic_id, named.patient_id == current_user.id)
    found = (
        select(row, *naming(Person, row.at))
        .join(named, (named.clinic_id == row.clinic_id) & (named.number == row.number))
        .outerjoin(Person, (Person.clinic_id == row.clinic_id) & (Person.id == row.person_id))
        .where(*hers, or_(row.person_id.is_distinct_from(current_user.id), row.why == CAME_IN))
    )
    found = found.where(named.number < before) if before is not None else found
    return db.session.execute(found.order_by(named.number.desc()).limit(PER_PAGE + 1)).all()


def _told(rows: Sequence[Any], beside: Callable[[Any], str]) -> list[Look]:
    zone = clinic_zone()
    opened = _opened({record for row in rows if len(row.AuditRow.patients) > 1 for record in row.AuditRow.records})
    return [
        Look(
            format_date(row.AuditRow.at.astimezone(zone), "full", get_locale()),
            as_words(row.AuditRow.at, zone),
            *_who(row, beside),
            row.AuditRow.role,
            row.AuditRow.action,
            row.AuditRow.what,
            len(row.AuditRow.patients) > 1 and opened.isdisjoint(row.AuditRow.records),
            row.AuditRow.why == "emergency" and row.AuditRow.what != "emergency",
            WHYS.get(row.AuditRow.why, ""),
        )
        for row in rows
    ]


def _who(row: Any, beside: Callable[[Any], str]) -> tuple[str, str]:
    """And what stands beside."""
    if row.AuditRow.role == audit.OPERATOR:
        return by_operator(row.name and f"{row.name}{beside(row)}"), ""
    if row.AuditRow.person_id == current_user.id:
        return str(_("Your own account")), ""
    return row.name, beside(row)


def _team(person: Person) -> Sequence[Any]:
    """Names and roles, clinicians first. Whoever's account is closed reads nothing."""
    who = (Person.clinic_id == CareTeam.clinic_id) & (Person.id == CareTeam.person_id)
    hers = (CareTeam.clinic_id == person.clinic_id, CareTeam.patient_id == person.id, Person.closed_at.is_(None))
    found = db.session.execute(select(Person.name, CareTeam.role).join(CareTeam, who).where(*hers))
    return sorted(found, key=lambda one: (one.role, one.name))


def _emergencies(person: Person) -> Sequence[Any]:
    """In which her record was opened, with who did it; the newest first."""
    who = (Person.clinic_id == Emergency.clinic_id) & (Person.id == Emergency.person_id)
    hers = (Emergency.clinic_id == person.clinic_id, Emergency.patient_id == person.id)
    found = select(Emergency, *naming(Person, Emergency.at)).join(Person, who).where(*hers)
    return db.session.execute(found.order_by(Emergency.at.desc()).limit(PER_PAGE)).all()


def _opened(records: set[str]) -> set[str]:
    """Those that are words of hers: a page can name many patients and open one."""
    hers = (Version.clinic_id == current_user.clinic_id, Version.patient_id == current_user.id)
    return set(db.session.scalars(select(Version.id).where(*hers, Version.id.in_(records)))) if records else set()
