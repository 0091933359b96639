"""Wrong passwords and codes are counted in the database: no restart and no other process lets one guess further."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Network, ip_address

from flask import request
from sqlalchemy import delete, func, insert, select

from pwa.accounts.keyed import keyed_hash
from pwa.config import now
from pwa.records import Device, PasswordTry, Person, db

WINDOW = timedelta(minutes=15)
#: wrong passwords within the window, after which everyone waits; an address may be a whole clinic's
PER_ACCOUNT, PER_ADDRESS = 8, 60
#: wrong codes from an address, and codes that one person asks for
WRONG_CODES, ASKED_CODES = 20, 10
#: records that a clinician meant to open in an emergency and that were not there
MISSED = 10
#: new people whom one member of staff invites: by hand nobody comes so far, and it tries no list of addresses
INVITED_PEOPLE = 30
#: what passkeys of one address are asked to sign
RIDDLES = 200


class Tries:
    """What was tried, by key, and how often that may be; the address from which it came is the last.

    A browser that once signed in to the account has a count of its own, so that a stranger's guesses lock nobody out of
    her own phone. Accounts that do not exist are counted as well: waiting tells nothing."""

    def __init__(self, limits: dict[str, int]) -> None:
        self.limits = {keyed_hash(whose): most for whose, most in limits.items()}

    @classmethod
    def at_password(cls, email: str, device_id: str | None) -> Tries:
        whose = f"device:{device_id}" if _has_signed_in(email, device_id) else f"account:{email}"
        return cls({whose: PER_ACCOUNT, f"address:{_address()}": PER_ADDRESS})

    @classmethod
    def at_second_step(cls, email: str, device_id: str | None) -> Tries:
        """Also where somebody who is in proves it once more."""
        whose = f"device:{device_id}" if _has_signed_in(email, device_id) else f"account:{email}"
        return cls({f"second:{whose}": PER_ACCOUNT, f"address:{_address()}": PER_ADDRESS})

    @classmethod
    def at_code(cls) -> Tries:
        return cls({f"code:{_address()}": WRONG_CODES})

    @classmethod
    def at_invitation(cls) -> Tries:
        return cls({f"invited:{_address()}": WRONG_CODES})

    @classmethod
    def at_mailed_code(cls, invitation_id: str) -> Tries:
        return cls({f"mailed:{invitation_id}": PER_ACCOUNT, f"invited:{_address()}": WRONG_CODES})

    @classmethod
    def at_passkey(cls) -> Tries:
        """Nobody guesses one; but whoever asks for a thousand riddles is not coming in."""
        return cls({f"passkey:{_address()}": RIDDLES})

    @classmethod
    def at_inviting(cls, person_id: str) -> Tries:
        return cls({f"invites:{person_id}": INVITED_PEOPLE})

    @classmethod
    def at_asking(cls, person_id: str) -> Tries:
        return cls({f"asks:{person_id}": ASKED_CODES})

    @classmethod
    def at_emergency(cls, person_id: str) -> Tries:
        return cls({f"emergency:{person_id}": MISSED})

    def wait(self) -> int:
        """Seconds until the next try; 0 if it may come now."""
        tries = select(PasswordTry.key, func.count().label("n"), func.min(PasswordTry.at).label("first"))
        recent = tries.where(PasswordTry.key.in_(self.limits), PasswordTry.at > now() - WINDOW)
        full = [
            row.first + WINDOW - now()
            for row in db.session.execute(recent.group_by(PasswordTry.key))
            if row.n >= self.limits[row.key]
        ]
        return max((int(left.total_seconds()) + 1 for left in full), default=0)

    def note(self) -> None:
        """Counts one try before its password is looked at, so that many at once are counted too. Commits."""
        db.session.commit()
        db.session.execute(delete(PasswordTry).where(PasswordTry.at <= now() - WINDOW))
        db.session.execute(insert(PasswordTry), [{"key": key, "at": now()} for key in self.limits])
        db.session.commit()

    def forgive(self) -> None:
        """It was right: all of the account's tries are forgotten, and this one of the address's. The caller commits."""
        *account, address = self.limits
        last = select(func.max(PasswordTry.id)).where(PasswordTry.key == address).scalar_subquery()
        db.session.execute(delete(PasswordTry).where(PasswordTry.key.in_(account) | (PasswordTry.id == last)))


def _has_signed_in(email: str, device_id: str | None) -> bool:
    if not device_id:
        return False
    whose = select(Person.email).join(Device, (Device.clinic_id == Person.clinic_id) & (Device.person_id == Person.id))
    return db.session.scalar(whose.where(Device.id == device_id)) == email


def _address() -> str:
    """One IPv6 customer holds a whole /64, so that is what counts as one address."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104
    return str(address if address.version == 4 else IPv6Network((address, 64), strict=False))
