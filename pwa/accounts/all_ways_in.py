"""Every way in ends at once, of everyone: after the server went back to an earlier day."""

from __future__ import annotations

from sqlalchemy import delete, update

from pwa.accounts.devices import forget_devices
from pwa.accounts.half_way import end_changes_of_address
from pwa.accounts.invitations import withdraw
from pwa.config import now
from pwa.records import SignIn, SignInCode, db


def close_all_ways_in() -> None:
    """What was closed, lost or used up since would be open again: everyone signs in anew, phones too.

    Nothing on a phone is lost by it: what it holds waits, and is sent after its owner has signed in. The caller
    commits."""
    db.session.execute(update(SignIn).where(SignIn.revoked_at.is_(None)).values(revoked_at=now()))
    forget_devices()
    withdraw()
    end_changes_of_address()
    db.session.execute(delete(SignInCode))
