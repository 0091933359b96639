"""Whether an address is free: nothing is said of other clinics, and no list is tried."""

from __future__ import annotations

from flask_login import current_user

from pwa.accounts import audit
from pwa.accounts.passwords import person_at
from pwa.accounts.throttle import Tries
from pwa.forms.correcting import WhoForm
from pwa.forms.invitations import InvitedForm
from pwa.records import db


def look_for_address(form: WhoForm | InvitedForm, what: str) -> None:
    """What is wrong stands in the form; `what`: as the trail calls what it was asked for."""
    tries, found = Tries.at_inviting(current_user.id), person_at(str(form.email.data))
    if tries.take():
        form.ask_to_wait()
        return
    if found and found.clinic_id == current_user.clinic_id:
        form.say_taken("email")
    elif found:
        form.say_no_address()
        audit.wrote(current_user, what, [], ["address-refused"], why="administration")
        db.session.commit()
