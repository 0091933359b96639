"""The browsers that asked to be told."""

from __future__ import annotations

from sqlalchemy import delete

from pwa.config import now
from pwa.records import PushSubscription, db
from pwa.records.base import begin_writing
from pwa.records.notices import browsers_of


def live(clinic_id: str, person_id: str) -> list[PushSubscription]:
    browsers = list(db.session.scalars(browsers_of(clinic_id, person_id, now())))
    for browser in browsers:
        db.session.expunge(browser)
    return browsers


def forget(browser: PushSubscription) -> None:
    begin_writing()
    same = (PushSubscription.id == browser.id, PushSubscription.sign_in_id == browser.sign_in_id)
    db.session.execute(delete(PushSubscription).where(*same))
    db.session.commit()
