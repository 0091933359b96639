"""A clinician says that a patient of theirs asked for the invitation that opens without the code of their mail, or
stops it."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa.accounts import audit, writes
from pwa.accounts.invitations import agree, withdraw
from pwa.accounts.proving import proved
from pwa.clinic.desk import blueprint
from pwa.clinic.queries import invitations as ask
from pwa.config import now
from pwa.errors import Problem
from pwa.records import Invitation, db
from pwa.records.base import begin_writing
from pwa.records.responding import tell_operators


@blueprint.post("/invitations/<uuid:invitation>/agree")
@writes("agreeing")
@proved
def agree_to_invitation(invitation: UUID) -> Response:
    found = _found(invitation)
    if agree(found, current_user):
        _note("agreed", found)
    return redirect(url_for("clinic.invitations"))


@blueprint.post("/invitations/<uuid:invitation>/refuse")
@writes("agreeing")
def refuse_invitation(invitation: UUID) -> Response:
    """Also after a colleague has agreed, until it is used. The managers hear of it, since one of them made it."""
    found = _found(invitation)
    withdraw(Invitation.clinic_id == found.clinic_id, Invitation.id == found.id)
    tell_operators(found.clinic_id, {found.id: now()}, "refused")
    _note("refused", found)
    return redirect(url_for("clinic.invitations"))


def _found(invitation: UUID) -> Invitation:
    begin_writing()
    found = ask.one_to_agree_to(current_user, str(invitation))
    if found is None:
        raise Problem("not-found")
    return found


def _note(what: str, found: Invitation) -> None:
    audit.wrote(current_user, what, [found.person_id], [found.id])
    db.session.commit()
