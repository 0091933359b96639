"""Sign-ins that ended by themselves: that they did stands in the trail, as their beginning does."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from pwa.accounts import audit
from pwa.config import now
from pwa.notices.reminders import is_time
from pwa.records import Person, SignIn, db
from pwa.records.base import begin_writing

#: what ended before stands in no row: a service that begins to note them has years of others
LATELY = timedelta(days=7)
MOST = 100


def note_ran_out(_me: str) -> None:
    moment = now()
    if not is_time(moment):
        return
    begin_writing()
    over = (SignIn.revoked_at.is_(None), SignIn.expires_at <= moment, SignIn.expires_at > moment - LATELY)
    whose = (Person.clinic_id == SignIn.clinic_id) & (Person.id == SignIn.person_id)
    found = select(SignIn, Person).join(Person, whose).where(*over).order_by(SignIn.clinic_id, SignIn.expires_at)
    for sign_in, person in db.session.execute(found.limit(MOST).with_for_update(of=SignIn)).all():
        sign_in.revoked_at = sign_in.expires_at
        audit.went_out(person, [sign_in.id], "ran-out")
    db.session.commit()
