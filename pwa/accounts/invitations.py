"""The clinic hands a person a code, which opens the door once: on the first day, and when a password is lost.

Into an account that is in use it leads nobody alone: a second code goes to its owner's mail (docs/decisions/0026), or a
clinician of her care team must agree (0027)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hmac import compare_digest
from uuid import uuid4

from sqlalchemy import ColumnElement, select, update

from pwa.accounts.agreeing import who_may_agree
from pwa.accounts.codes import ALPHABET, as_made
from pwa.accounts.keyed import keyed_hash
from pwa.accounts.live import is_in_use
from pwa.accounts.passkeys import forget_passkeys
from pwa.accounts.second import forget_second_step
from pwa.accounts.sign_in import close_sign_ins
from pwa.accounts.telling import tell, tell_everywhere
from pwa.config import now
from pwa.records import Invitation, Person, db
from pwa.records.base import changed

LASTS = timedelta(days=3)
#: after which one opens without the mail, if a clinician has agreed and nobody has stopped it
WAITS = timedelta(days=1)
#: 56 bits, and 20 guesses a quarter of an hour: nobody finds one
LENGTH = 12
MAILED_LENGTH = 8


def invite(person: Person, by: Person | None) -> str:
    """The code. The caller commits."""
    return made_for(person, by)[1]


def made_for(person: Person, by: Person | None, without_mail: bool = False) -> tuple[Invitation, str]:
    """With its code, which is nowhere kept; it takes the place of an earlier one. Who has an account in use is told.

    The caller commits."""
    opens = now() + WAITS if without_mail and is_in_use(person) else None
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    withdraw(is_open(), Invitation.clinic_id == person.clinic_id, Invitation.person_id == person.id)
    made = Invitation(
        clinic_id=person.clinic_id,
        id=str(uuid4()),
        person_id=person.id,
        made_by=by.id if by else None,
        code_hash=_hash(code),
        made_at=now(),
        opens_at=opens,
        expires_at=(opens or now()) + LASTS,
    )
    db.session.add(made)
    _tell_of(made, person, by)
    return made, code


def withdraw(*which: ColumnElement[bool]) -> int:
    """How many open ones were. The caller commits."""
    return changed(update(Invitation).where(is_open(), *which).values(withdrawn_at=now()))


def invitation_with(typed: str) -> Invitation | None:
    """The open one with this code, however it was typed."""
    return db.session.scalar(select(Invitation).where(Invitation.code_hash == _hash(as_made(typed)), is_open()))


def agree(invitation: Invitation, by: Person) -> bool:
    """That the patient asked for it; once. The caller commits."""
    this_one = (Invitation.clinic_id == invitation.clinic_id, Invitation.id == invitation.id)
    said = update(Invitation).where(is_open(), *this_one, Invitation.agreed_at.is_(None))
    return bool(changed(said.values(agreed_by=by.id, agreed_at=now())))


def still_waits(invitation: Invitation) -> bool:
    """For its day, or for a clinician who agrees."""
    opens = invitation.opens_at
    return opens is not None and (now() < opens or invitation.agreed_at is None)


def asks_for_mail(invitation: Invitation) -> bool:
    """Whoever runs the server, who made it by command, has nobody above them to ask."""
    by_hand = invitation.made_by is not None and invitation.opens_at is None
    return by_hand and is_in_use(invited_person(invitation))


def mail_code(invitation: Invitation) -> None:
    """Unless it went out when the invitation was made: the account may be in use only since. The caller commits."""
    tell(invited_person(invitation), "invited", invitation.id)


def mailed_code(invitation: Invitation) -> str:
    """Kept nowhere: it follows from the invitation by the server's own secret."""
    number, signs = int(keyed_hash(f"mailed:{invitation.clinic_id}:{invitation.id}"), 16), ""
    while len(signs) < MAILED_LENGTH:
        number, sign = divmod(number, len(ALPHABET))
        signs += ALPHABET[sign]
    return signs


def is_mailed_code(invitation: Invitation, typed: str) -> bool:
    return compare_digest(mailed_code(invitation), as_made(typed))


def open_for(person: Person) -> Invitation | None:
    theirs = (Invitation.clinic_id == person.clinic_id, Invitation.person_id == person.id)
    return db.session.scalar(select(Invitation).where(*theirs, is_open()))


def open_invitation(key: Sequence[str]) -> Invitation | None:
    return db.session.scalar(
        select(Invitation).where(Invitation.clinic_id == key[0], Invitation.id == key[1], is_open())
    )


def invited_person(invitation: Invitation) -> Person:
    return db.session.get_one(Person, (invitation.clinic_id, invitation.person_id))


def is_open() -> ColumnElement[bool]:
    """Or will be, when it has waited."""
    return Invitation.used_at.is_(None) & Invitation.withdrawn_at.is_(None) & (Invitation.expires_at > now())


def use_up(invitation: Invitation) -> bool:
    """Whether it was still open, also under two tries at once. Every earlier way in ends with it.

    The caller commits."""
    this_one = (Invitation.clinic_id == invitation.clinic_id, Invitation.id == invitation.id)
    if not changed(update(Invitation).where(is_open(), *this_one).values(used_at=now())):
        return False
    person = invited_person(invitation)
    if is_in_use(person):
        tell(person, "keys")
    close_sign_ins(person)
    person.password_hash = None
    forget_second_step(person)
    forget_passkeys(person)
    return True


def _tell_of(made: Invitation, person: Person, by: Person | None) -> None:
    if made.opens_at and by:
        tell_everywhere(person, "invited", made.id)
        for one in who_may_agree(person, by):
            tell_everywhere(one, "agree", made.id)
    elif is_in_use(person):
        tell(person, "invited", made.id)


def _hash(code: str) -> str:
    return keyed_hash(f"invitation:{code}")
