"""Wrong passwords and codes are counted in the database: no restart and no other process lets one guess further."""

from __future__ import annotations

import logging
from datetime import timedelta
from ipaddress import IPv6Network, ip_address

from flask import request
from sqlalchemy import delete, func, insert, select

from pwa.accounts.keyed import keyed_hash
from pwa.config import now
from pwa.records import Device, PasswordTry, Person, db

log = logging.getLogger(__name__)
WINDOW = timedelta(minutes=15)
#: wrong passwords within the window, after which everyone waits; an address may be a whole clinic's
PER_ACCOUNT, PER_ADDRESS = 8, 60
#: wrong codes from an address, and codes that one person asks for
WRONG_CODES, ASKED_CODES = 20, 10
#: records that a clinician meant to open in an emergency and that were not there
MISSED = 10
#: new people whom one member of staff invites: by hand nobody comes so far, and it tries no list of addresses
INVITED_PEOPLE = 30
#: pages that are not theirs, of which one member of staff leaves a row each: more would say no more
REFUSED = 60
#: what passkeys of one address are asked to sign
RIDDLES = 200


class Tries:
    """What was tried, by key, and how often that may be; the address from which it came is the last.

    A browser that once signed in to the account has a count of its own, so that a stranger's guesses lock nobody out of
    her own phone. Accounts that do not exist are counted as well: waiting tells nothing."""

    def __init__(self, limits: dict[str, int], at: str = "", account: str | None = None) -> None:
        self.limits = {keyed_hash(whose): most for whose, most in limits.items()}
        #: for the log: what was tried, and into whose account where one was named
        self.at, self.account = at, account

    @classmethod
    def at_password(cls, email: str, device_id: str | None) -> Tries:
        whose = f"device:{device_id}" if _has_signed_in(email, device_id) else f"account:{email}"
        return cls({whose: PER_ACCOUNT, f"address:{_address()}": PER_ADDRESS}, "password", email)

    @classmethod
    def at_second_step(cls, email: str, device_id: str | None) -> Tries:
        """Also where somebody who is in proves it once more."""
        whose = f"device:{device_id}" if _has_signed_in(email, device_id) else f"account:{email}"
        return cls({f"second:{whose}": PER_ACCOUNT, f"address:{_address()}": PER_ADDRESS}, "second-step", email)

    @classmethod
    def at_code(cls) -> Tries:
        return cls({f"code:{_address()}": WRONG_CODES}, "code")

    @classmethod
    def at_invitation(cls) -> Tries:
        return cls({f"invited:{_address()}": WRONG_CODES}, "invitation")

    @classmethod
    def at_mailed_code(cls, invitation_id: str) -> Tries:
        return cls({f"mailed:{invitation_id}": PER_ACCOUNT, f"invited:{_address()}": WRONG_CODES}, "mailed-code")

    @classmethod
    def at_passkey(cls) -> Tries:
        """Nobody guesses one; but whoever asks for a thousand riddles is not coming in."""
        return cls({f"passkey:{_address()}": RIDDLES}, "passkey")

    @classmethod
    def at_inviting(cls, person_id: str) -> Tries:
        return cls({f"invites:{person_id}": INVITED_PEOPLE})

    @classmethod
    def at_asking(cls, person_id: str) -> Tries:
        return cls({f"asks:{person_id}": ASKED_CODES})

    @classmethod
    def at_emergency(cls, person_id: str) -> Tries:
        return cls({f"emergency:{person_id}": MISSED})

    @classmethod
    def at_refusal(cls, person_id: str) -> Tries:
        return cls({f"refused:{person_id}": REFUSED})

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

    def tell(self, outcome: str) -> None:
        """To the log, that it was wrong or must wait: the same whether there is such an account or not. Of the account,
        and of where it came from, only what our own secret makes of them."""
        whose = {"account": whose_hash(self.account)} if self.account is not None else {}
        facts = {"event": f"{self.at}-{outcome}", **whose, "network": keyed_hash(f"logged-network:{_address()}")}
        log.info("a try to come in", extra={"facts": facts})

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


def whose_hash(email: str) -> str:
    """As it stands in the log, by which an operator finds an account's tries."""
    return keyed_hash(f"logged-account:{email.lower()}")


def network_hash(address: str) -> str:
    return keyed_hash(f"logged-network:{network_of(address)}")


def network_of(address: str) -> str:
    """One IPv6 customer holds a whole /64, so that is what counts as one address."""
    known = ip_address(address)
    return str(known if known.version == 4 else IPv6Network((known, 64), strict=False))


def _address() -> str:
    return network_of(request.remote_addr or "0.0.0.0")  # noqa: S104
