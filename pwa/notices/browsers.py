"""The browsers that asked to be told."""

from __future__ import annotations

from sqlalchemy import delete, select

from pwa.config import now
from pwa.records import PushSubscription, SignIn, db
from pwa.records.base import begin_writing


def live(clinic_id: str, person_id: str) -> list[PushSubscription]:
    """The browsers of a person whose sign-in there is open."""
    signed_in = (SignIn.clinic_id == PushSubscription.clinic_id) & (SignIn.id == PushSubscription.sign_in_id)
    found = (
        select(PushSubscription)
        .join(SignIn, signed_in)
        .where(
            PushSubscription.clinic_id == clinic_id,
            PushSubscription.person_id == person_id,
            SignIn.person_id == person_id,
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now(),
        )
    )
    browsers = list(db.session.scalars(found))
    for browser in browsers:
        db.session.expunge(browser)
    return browsers


def forget(browser: PushSubscription) -> None:
    begin_writing()
    same = (PushSubscription.id == browser.id, PushSubscription.sign_in_id == browser.sign_in_id)
    db.session.execute(delete(PushSubscription).where(*same))
    db.session.commit()
