"""The browsers that asked to be told."""

from __future__ import annotations

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import aliased

from pwa.config import now
from pwa.records import PushSubscription, SignIn, db
from pwa.records.base import begin_writing


def live(clinic_id: str, person_id: str) -> list[PushSubscription]:
    """The browsers in which the person asked, and is signed in; perhaps anew since."""
    asked = aliased(SignIn)
    asked_by = (asked.clinic_id == PushSubscription.clinic_id) & (asked.id == PushSubscription.sign_in_id)
    is_open = exists().where(
        SignIn.clinic_id == clinic_id,
        SignIn.person_id == person_id,
        SignIn.device_id == asked.device_id,
        SignIn.revoked_at.is_(None),
        SignIn.expires_at > now(),
    )
    theirs = (PushSubscription.clinic_id == clinic_id, PushSubscription.person_id == person_id)
    found = select(PushSubscription).join(asked, asked_by).where(*theirs, is_open)
    browsers = list(db.session.scalars(found))
    for browser in browsers:
        db.session.expunge(browser)
    return browsers


def forget(browser: PushSubscription) -> None:
    begin_writing()
    same = (PushSubscription.id == browser.id, PushSubscription.sign_in_id == browser.sign_in_id)
    db.session.execute(delete(PushSubscription).where(*same))
    db.session.commit()
