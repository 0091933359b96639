"""Where scripts of our pages make passkeys and come in by them."""

from __future__ import annotations

from uuid import UUID

from flask import jsonify, redirect, request, url_for
from flask_login import current_user, login_required
from sqlalchemy import delete
from werkzeug.wrappers import Response

from pwa.accounts import audit
from pwa.accounts.entrance import blueprint, come_in
from pwa.accounts.home_screen import come_in_by_invitation
from pwa.accounts.invitations import invited_person, use_up
from pwa.accounts.invited import asks_for_mail_now, invitation_here
from pwa.accounts.live import may_come_in
from pwa.accounts.passkeys import made_passkey, options_to_make, options_to_use, used_passkey
from pwa.accounts.proving import is_proved, note_proof, proved
from pwa.accounts.same_site import came_from_a_script_of_ours, said_by_a_script
from pwa.accounts.sign_in import close_sign_ins, this_sign_in
from pwa.accounts.telling import tell
from pwa.accounts.throttle import Tries
from pwa.accounts.way import home, onward
from pwa.errors import Problem
from pwa.records import Invitation, Passkey, Person, db


@blueprint.post("/passkey/options/<any(make, use):what>")
def passkey_options(what: str) -> Response:
    _only_our_script()
    tries = Tries.at_passkey()
    if wait := tries.take():
        tries.tell("waits")
        raise Problem("slow-down", retry_after=wait)
    return jsonify(options_to_make(_maker()[0]) if what == "make" else options_to_use())


@blueprint.post("/passkey/make")
def make_passkey() -> Response:
    """For who is signed in and proved it lately, or holds an invitation, which is used up by it."""
    _only_our_script()
    person, invitation = _maker()
    made = made_passkey(person, said_by_a_script())
    if made is None:
        db.session.commit()
        raise Problem("passkey")
    if invitation:
        return _come_in_with(made, person, invitation)
    db.session.add(made)
    is_first = _take_as_second_step(person)
    tell(person, "keys")
    _audit(person, made.id)
    return jsonify(to=home(person) if is_first else url_for("accounts.account"))


@blueprint.post("/passkey/use")
def use_passkey() -> Response:
    """Comes in, or proves it once more where the same person is in already."""
    _only_our_script()
    used = used_passkey(said_by_a_script())
    person = db.session.get(Person, (used.clinic_id, used.person_id)) if used else None
    if person is None:
        Tries.at_passkey().tell("wrong")
        db.session.commit()
        raise Problem("passkey")
    if person.closed_at:
        raise Problem("closed")
    if not may_come_in(person):
        raise Problem("passkey")
    if current_user.is_authenticated and current_user.id == person.id:
        note_proof()
        db.session.commit()
        return jsonify(to=onward(person, request.args.get("next")))
    return _to(come_in(person, two_steps=True))


@blueprint.post("/account/passkeys/<uuid:passkey>/remove")
@login_required
@proved
def remove_passkey(passkey: UUID) -> Response:
    person: Person = current_user._get_current_object()
    whose = (Passkey.clinic_id == person.clinic_id, Passkey.person_id == person.id)
    gone = db.session.scalar(delete(Passkey).where(*whose, Passkey.id == str(passkey)).returning(Passkey.id))
    if gone is None:
        raise Problem("not-found")
    tell(person, "keys")
    _audit(person, gone)
    return redirect(url_for("accounts.account"))


def _only_our_script() -> None:
    if not came_from_a_script_of_ours():
        raise Problem("cross-site")


def _maker() -> tuple[Person, Invitation | None]:
    """Who may have a new passkey in this browser. An invitation goes before whoever else is signed in here."""
    if invitation := invitation_here():
        if asks_for_mail_now(invitation):
            raise Problem("mailed-code")
        return invited_person(invitation), invitation
    this_sign_in()
    if not is_proved():
        raise Problem("prove")
    person: Person = current_user._get_current_object()
    return person, None


def _take_as_second_step(person: Person) -> bool:
    """Whether it is the first one of a member of staff; then they are out wherever none was asked for."""
    this = this_sign_in()
    if person.role == "patient" or this.two_steps:
        return False
    this.two_steps = True
    close_sign_ins(person, but=this.id)
    return True


def _come_in_with(made: Passkey, person: Person, invitation: Invitation) -> Response:
    if not use_up(invitation):
        raise Problem("passkey")
    db.session.add(made)
    _audit(person, invitation.id, "came-in", "coming-in")
    return _to(come_in_by_invitation(person, two_steps=True))


def _to(answer: Response) -> Response:
    """The same cookies for a script, which goes there itself."""
    said = jsonify(to=answer.headers["Location"])
    for cookie in answer.headers.getlist("Set-Cookie"):
        said.headers.add("Set-Cookie", cookie)
    return said


def _audit(person: Person, record: str, what: str = "keys", why: str = "own-account") -> None:
    audit.wrote(person, what, [person.id] if person.role == "patient" else [], [record], why=why)
    db.session.commit()
