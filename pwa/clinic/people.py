"""The people of the clinic and where they are signed in, for those who run it. No answer of a patient is here."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select, or_
from werkzeug.wrappers import Response

from pwa.accounts import audit, close_sign_ins, correctable_by, people_of, reads, writes
from pwa.accounts.invitations import withdraw
from pwa.accounts.proving import proved
from pwa.accounts.telling import tell
from pwa.clinic.desk import blueprint, page_number, pages_for, typed_code
from pwa.clinic.queries import people as ask
from pwa.clinic.queries import safety as ask_safety
from pwa.clinic.queries import teams as ask_teams
from pwa.config import now
from pwa.domain.words import N_
from pwa.errors import Problem
from pwa.records import Invitation, Person, db
from pwa.records.base import begin_writing
from pwa.records.notices import CLOSED, OPENED
from pwa.records.responding import let_go

ROLES = {
    "manager": N_("Manager"),
    "clinician": N_("Clinician"),
    "therapist": N_("Therapist"),
    "front-desk": N_("Front desk"),
    "patient": N_("Patient"),
}


@blueprint.route("/people", methods=["GET", "POST"])
@reads("people", "names")
def people() -> str:
    """All of them, or by POST those who are searched for."""
    code, number = typed_code() if request.method == "POST" else "", page_number()
    found, total = ask.page(current_user, code, number, now())
    if not found and number > 1:
        raise Problem("not-found")
    audit.read(current_user, "people", [one.id for one in found if one.role == "patient"], why="administration")
    treats = ask_teams.how_many(current_user, [one.id for one in found])
    turning = {"total": total, "number": number, "pages": pages_for(total, ask.PER_PAGE), "code": code}
    return render_template("clinic/people.html", people=found, treats=treats, roles=ROLES, **turning)


@blueprint.post("/people/<uuid:person>/sign-out")
@writes("names")
@proved
def sign_out_everywhere(person: UUID) -> Response:
    """A phone may be lost when no manager is there: whoever may correct a patient ends their sign-ins too."""
    is_manager = current_user.role == "manager"
    found = _person(person, (people_of if is_manager else correctable_by)(current_user))
    close_sign_ins(found)
    return _noted("sign-ins", found, "clinic.people" if is_manager else "clinic.invitations")


@blueprint.post("/people/<uuid:person>/<any(close, open):what>")
@writes("people")
@proved
def close_account(person: UUID, what: str) -> Response:
    """Every way in ends, and opening brings none back; whose it is hears of both by mail. While it is closed a
    patient's phone hears so all the same, and not that it must sign in; what waits on it goes out once she has signed
    in anew."""
    if str(person) == current_user.id:
        raise Problem("not-yours")
    found = _person(person, people_of(current_user))
    if what == "close" and ask_safety.rota(current_user) == [found.id]:
        raise Problem("only-responder")
    found.closed_at = now() if what == "close" else None
    tell(found, "keys", why=CLOSED if found.closed_at else OPENED)
    close_sign_ins(found)
    if found.closed_at:
        _withdraw_with(found)
        let_go(found.clinic_id, found.id, found.closed_at)
    return _noted("closed" if what == "close" else "opened", found)


def _withdraw_with(gone: Person) -> None:
    """Into the account, and what they made or agreed to: a sheet that they kept is to open nothing."""
    of_theirs = (one == gone.id for one in (Invitation.person_id, Invitation.made_by, Invitation.agreed_by))
    withdraw(Invitation.clinic_id == gone.clinic_id, or_(*of_theirs))


def _person(person: UUID, theirs: Select[Person]) -> Person:
    """Of those whom the user may change, for writing."""
    begin_writing()
    found: Person | None = db.session.scalar(theirs.where(Person.id == str(person)))
    if found is None:
        raise Problem("not-found")
    return found


def _noted(what: str, found: Person, page: str = "clinic.people") -> Response:
    patients = [found.id] if found.role == "patient" else []
    audit.wrote(current_user, what, patients, [found.id], why="administration")
    db.session.commit()
    return redirect(url_for(page))
