"""A patient closes her own account, on a page of its own and after a proof given for this alone.

What the clinic must keep stays there; nothing is deleted by this."""

from __future__ import annotations

from flask import Response as Answer
from flask import redirect, render_template, session, url_for
from flask_login import current_user, login_required, logout_user
from sqlalchemy import delete
from werkzeug.wrappers import Response

from pwa.accounts import audit, cookies
from pwa.accounts.entrance import blueprint
from pwa.accounts.invitations import withdraw
from pwa.accounts.proving import is_proved_for
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.sign_in import close_sign_ins, this_sign_in
from pwa.accounts.telling import tell
from pwa.config import now
from pwa.errors import Problem
from pwa.records import Clinic, Invitation, Person, PushSubscription, db
from pwa.records.base import begin_writing
from pwa.records.notices import GOODBYE
from pwa.records.responding import tell_operators

#: in the browser's session: whose clinic an account that was closed here is of
CLOSED = "closed"


@blueprint.get("/account/close")
@login_required
def ask_to_close() -> str:
    """First what it means; after a new proof the last question."""
    _only_a_patient()
    clinic = db.session.get_one(Clinic, current_user.clinic_id)
    return render_template("accounts/close.html", clinic=clinic, proved=_is_proved_for_this())


@blueprint.post("/account/close")
def close_own() -> Answer:
    """Asked for by the script that has seen to what waits on the phone."""
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    this_sign_in()
    _only_a_patient()
    if not _is_proved_for_this():
        raise Problem("prove")
    person: Person = current_user._get_current_object()
    begin_writing()
    _close(person)
    db.session.commit()
    logout_user()
    session.clear()
    session[CLOSED] = person.clinic_id
    answer = Answer(status=204)
    cookies.forget(answer, cookies.OWNER)
    return answer


@blueprint.get("/account/closed")
def closed() -> Response | str:
    """Goodbye, in the browser in which it was done."""
    clinic = db.session.get(Clinic, session.get(CLOSED, ""))
    if clinic is None:
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/closed.html", clinic=clinic)


def _only_a_patient() -> None:
    if current_user.role != "patient":
        raise Problem("not-yours")


def _is_proved_for_this() -> bool:
    return is_proved_for(url_for("accounts.ask_to_close"))


def _close(person: Person) -> None:
    """Every way in and every way out ends; she and the managers hear of it."""
    person.closed_at = now()
    close_sign_ins(person)
    theirs = (PushSubscription.clinic_id == person.clinic_id, PushSubscription.person_id == person.id)
    db.session.execute(delete(PushSubscription).where(*theirs))
    withdraw(Invitation.clinic_id == person.clinic_id, Invitation.person_id == person.id)
    tell_operators(person.clinic_id, {person.id: now()}, "closed-by-patient")
    tell(person, "keys", why=GOODBYE)
    audit.wrote(person, "closed", [person.id], [person.id], why="own-account")
