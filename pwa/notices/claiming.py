"""Who holds a notice, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, case, or_, select, update

from pwa.config import now
from pwa.records import Notice, db
from pwa.records.base import begin_writing, changed
from pwa.records.notices import Wanted, enqueue

#: after a failure it is tried again so much later; after the last of them it is dead. Mail: seven hours in all, so that
#: a server that is down for an hour loses nothing. Push: soon given up, since then a mail goes instead
BACK_OFF = {
    "mail": tuple(timedelta(minutes=n) for n in (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180)),
    "push": tuple(timedelta(minutes=n) for n in (0.5, 1, 2)),
}
#: a claim that is older was its courier's last; longer than any handing over may take
CLAIM_LASTS = timedelta(minutes=5)
#: whoever claimed it so often died or failed each time before anything could be noted
MOST_CLAIMS = 30
#: for these, twice is better than not at all
RATHER_TWICE = ("alert", "escalation", "operator")


def claim(me: str, moment: datetime) -> Notice | None:
    """The most urgent that is due, for this courier alone. Committed before anything else happens with it."""
    begin_writing()
    waits = and_(Notice.state == "waiting", Notice.next_at <= moment)
    left = and_(Notice.state == "claimed", Notice.claimed_at <= moment - CLAIM_LASTS)
    order = case((Notice.what.in_(RATHER_TWICE), 0), else_=1), Notice.next_at
    found = select(Notice).where(or_(waits, left)).order_by(*order).limit(1).with_for_update(skip_locked=True)
    notice: Notice | None = db.session.scalar(found)
    if notice:
        notice.state, notice.claimed_at, notice.claimed_by = "claimed", moment, me
        notice.tries += 1
    db.session.commit()
    if notice:
        db.session.expunge(notice)  # what was read of it stays, whatever transactions follow
    return notice


def is_in_doubt(notice: Notice) -> bool:
    """Whether it was handed over before and nobody can say any more whether that went well.

    A push that comes twice replaces itself on the phone, since both carry the same tag."""
    return notice.handed_at is not None and notice.channel == "mail" and notice.what not in RATHER_TWICE


def hand_over(notice: Notice, moment: datetime) -> bool:
    """From here on only the other side knows whether it went out. False: another courier has it, so it must not."""
    return _settle(notice, "claimed", handed_at=moment)


def went_out(notice: Notice, moment: datetime) -> None:
    _settle(notice, "sent", sent_at=moment, failure=None)


def not_wanted(notice: Notice, why: str) -> None:
    _settle(notice, "off", failure=why)


def failed(notice: Notice, why: str, moment: datetime, for_good: bool = False) -> None:
    """Tried again later, or dead; where a push is dead, a mail takes its place in the same transaction."""
    waits = BACK_OFF[notice.channel]
    if not for_good and notice.tries <= len(waits):
        _settle(notice, "waiting", next_at=moment + waits[notice.tries - 1], failure=why, handed_at=None)
    else:
        _settle(notice, "dead", [_by_mail(notice)] if notice.channel == "push" else [], failure=why)


def _by_mail(notice: Notice) -> Wanted:
    whose = (notice.clinic_id, notice.person_id, notice.what, notice.about, notice.cause)
    return Wanted(*whose, channel="mail", due_at=notice.due_at)


def _settle(notice: Notice, state: str, instead: Sequence[Wanted] = (), **values: object) -> bool:
    """Only while it is ours: a courier that stood still for long finds that another took it."""
    begin_writing()
    ours = (Notice.clinic_id == notice.clinic_id, Notice.id == notice.id, Notice.state == "claimed")
    claim = (Notice.claimed_by == notice.claimed_by, Notice.claimed_at == notice.claimed_at)
    is_ours = changed(update(Notice).where(*ours, *claim).values(state=state, **values)) == 1
    if is_ours:
        enqueue(instead, now())
    db.session.commit()
    return is_ours
