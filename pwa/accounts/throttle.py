"""Wrong passwords and codes are counted in the database: no restart and no other process lets one guess further."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from ipaddress import IPv6Network, ip_address

from flask import request
from sqlalchemy import bindparam, delete, func, insert, select

from pwa.accounts.devices import known_here
from pwa.accounts.keyed import keyed_hash
from pwa.config import now
from pwa.records import PasswordTry, db
from pwa.records.base import begin_writing, table_of

log = logging.getLogger(__name__)
TRIES = table_of(PasswordTry)
WINDOW = timedelta(minutes=15)
#: wrong passwords within the window, after which everyone waits; an address may be a whole clinic's
PER_ACCOUNT, PER_ADDRESS = 8, 60
#: the same in all browsers together that an account knows, each of which has as many as a stranger's
PER_KNOWN = 24
#: that some proxies say behind an address
PORT = re.compile(r"^(?:\[(.*)\]|([^:]*))(?::\d+)?$")
#: wrong codes from an address, and codes that one person asks for
WRONG_CODES, ASKED_CODES = 20, 10
#: records that a clinician meant to open in an emergency and that were not there
MISSED = 10
#: pages that are not theirs, of which one member of staff leaves a row each: more would say no more
REFUSED = 60
#: what passkeys of one address are asked to sign
RIDDLES = 200
#: by key, how many there are of late and when the first was
RECENT = (
    select(TRIES.c.key, func.count().label("n"), func.min(TRIES.c.at).label("first"))
    .where(TRIES.c.key.in_(bindparam("keys", expanding=True)), TRIES.c.at > bindparam("since"))
    .group_by(TRIES.c.key)
)
_old = select(TRIES.c.id).where(TRIES.c.at <= bindparam("since")).with_for_update(skip_locked=True)
FORGET = delete(TRIES).where(TRIES.c.id.in_(_old))
TAKE = insert(TRIES).returning(TRIES.c.id)


class Tries:
    """What was tried, by key, and how often that may be.

    A browser that the account knows has a count of its own, and with all others that it knows another one, and so has
    whoever is in: a stranger who guesses locks nobody out of her own phone, nor a whole clinic from its waiting room.
    Accounts that do not exist are counted as well: waiting tells nothing."""

    def __init__(
        self, own: dict[str, int], shared: dict[str, int] | None = None, at: str = "", account: str | None = None
    ) -> None:
        """Of `own` a right one forgets all, of `shared` nothing but itself: others are counted there too.

        `at` and `account` are for the log: what was tried, and into whose account where one was named."""
        self.at, self.account = at, account
        self.own = {keyed_hash(whose): most for whose, most in own.items()}
        self.limits = self.own | {keyed_hash(whose): most for whose, most in (shared or {}).items()}
        self.taken: list[int] = []

    @classmethod
    def at_password(cls, clinic_id: str, email: str) -> Tries:
        known = known_here()
        if known and known.whose == (clinic_id, email):
            own, shared = {f"device:{known.device_id}": PER_ACCOUNT}, {f"known:{clinic_id}:{email}": PER_KNOWN}
        else:
            own, shared = {f"account:{clinic_id}:{email}": PER_ACCOUNT}, {f"address:{_address()}": PER_ADDRESS}
        return cls(own, shared, "password", email)

    @classmethod
    def at_second_step(cls, clinic_id: str, email: str) -> Tries:
        """Whatever the browser: who stands there has the password, so that no stranger holds anybody up."""
        known = known_here()
        shared = {} if known and known.whose == (clinic_id, email) else {f"address:{_address()}": PER_ADDRESS}
        return cls({f"second:account:{clinic_id}:{email}": PER_ACCOUNT}, shared, "second-step", email)

    @classmethod
    def at_proof(cls, person_id: str, email: str) -> Tries:
        """Of somebody who is in, wherever they are: at an open browser one makes no further ones to guess in."""
        return cls({f"proof:{person_id}": PER_ACCOUNT}, {}, "proof", email)

    @classmethod
    def at_code(cls) -> Tries:
        return cls({}, {f"code:{_address()}": WRONG_CODES}, "code")

    @classmethod
    def at_invitation(cls) -> Tries:
        return cls({}, {f"invited:{_address()}": WRONG_CODES}, "invitation")

    @classmethod
    def at_mailed_code(cls, person_id: str) -> Tries:
        return cls({f"mailed:{person_id}": PER_ACCOUNT}, {f"invited:{_address()}": WRONG_CODES}, "mailed-code")

    @classmethod
    def at_passkey(cls) -> Tries:
        """Nobody guesses one; but whoever asks for a thousand riddles is not coming in."""
        known = known_here()
        whose = f"device:{known.device_id}" if known else _address()
        return cls({f"passkey:{whose}": RIDDLES}, {}, "passkey")

    @classmethod
    def at_asking(cls, person_id: str) -> Tries:
        return cls({f"asks:{person_id}": ASKED_CODES})

    @classmethod
    def at_emergency(cls, person_id: str) -> Tries:
        return cls({}, {f"emergency:{person_id}": MISSED})

    @classmethod
    def at_refusal(cls, person_id: str) -> Tries:
        return cls({}, {f"refused:{person_id}": REFUSED})

    def take(self) -> int:
        """Seconds until the next try; 0: one may be made now, and is counted before its password is looked at. Commits.

        Looking and counting are one step: of many at once no more are made than one after another."""
        if wait := self._wait():
            return wait
        begin_writing()
        self._hold()
        if wait := self._wait():
            db.session.rollback()
            return wait
        db.session.execute(FORGET, {"since": now() - WINDOW})
        rows = [{"key": key, "at": now()} for key in self.limits]
        self.taken = list(db.session.scalars(TAKE, rows))
        db.session.commit()
        return 0

    def forgive(self) -> None:
        """It was right. The caller commits."""
        db.session.execute(delete(PasswordTry).where(PasswordTry.key.in_(self.own) | PasswordTry.id.in_(self.taken)))

    def tell(self, outcome: str) -> None:
        """To the log, that it was wrong or must wait: the same whether there is such an account or not. Of the account,
        and of where it came from, only what our own secret makes of them."""
        whose = {"account": whose_hash(self.account)} if self.account is not None else {}
        facts = {"event": f"{self.at}-{outcome}", **whose, "network": keyed_hash(f"logged-network:{_address()}")}
        log.info("a try to come in", extra={"facts": facts})

    def _wait(self) -> int:
        since = now() - WINDOW
        full = [
            row.first - since
            for row in db.session.execute(RECENT, {"keys": [*self.limits], "since": since})
            if row.n >= self.limits[row.key]
        ]
        return max((int(left.total_seconds()) + 1 for left in full), default=0)

    def _hold(self) -> None:
        """On PostgreSQL nobody else counts under these keys until this is committed; SQLite has one writer anyway."""
        if db.session.get_bind().dialect.name == "postgresql":
            for key in sorted(self.limits):
                db.session.execute(select(func.pg_advisory_xact_lock(int(key[:15], 16))))


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
    """What a proxy names that is no address counts as one, whatever it is."""
    named = PORT.sub(r"\1\2", request.remote_addr or "")
    try:
        return network_of(named)
    except ValueError:
        return "unknown"
