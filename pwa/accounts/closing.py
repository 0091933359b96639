"""A patient closes her own account. What the clinic must keep stays there; nothing is deleted by this."""

from __future__ import annotations

from flask import Response, session
from flask_login import current_user, logout_user
from sqlalchemy import delete

from pwa.accounts import audit, cookies
from pwa.accounts.entrance import blueprint
from pwa.accounts.invitations import withdraw
from pwa.accounts.proving import is_proved
from pwa.accounts.same_site import came_from_a_script_of_ours
from pwa.accounts.sign_in import close_sign_ins, this_sign_in
from pwa.config import now
from pwa.errors import Problem
from pwa.records import Invitation, Person, PushSubscription, SignInCode, db
from pwa.records.base import begin_writing
from pwa.records.responding import tell_operators


@blueprint.post("/account/close")
def close_own() -> Response:
    """Asked for by the script that has seen to what waits on the phone."""
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")
    this_sign_in()
    if current_user.role != "patient":
        raise Problem("not-yours")
    if not is_proved():
        raise Problem("prove")
    person: Person = current_user._get_current_object()
    begin_writing()
    _close(person)
    db.session.commit()
    logout_user()
    session.clear()
    answer = Response(status=204)
    cookies.forget(answer, cookies.OWNER)
    return answer


def _close(person: Person) -> None:
    """Every way in and every way out ends; the managers hear of it."""
    person.closed_at = now()
    close_sign_ins(person)
    for table in (PushSubscription, SignInCode):
        theirs = (table.clinic_id == person.clinic_id, table.person_id == person.id)
        db.session.execute(delete(table).where(*theirs))
    withdraw(Invitation.clinic_id == person.clinic_id, Invitation.person_id == person.id)
    tell_operators(person.clinic_id, {person.id: now()}, "closed-by-patient")
    audit.wrote(person, "accounts", [person.id], [person.id], why="own-account")
