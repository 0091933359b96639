"""Who of the demo clinic came in, on which phone, and for whom a sheet still lies there."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from pwa.accounts.invitations import LASTS
from pwa.demo.pen import uuid7
from pwa.records import Device, Invitation, Person, db

#: a phone is at hand a little after one is told of Tidelog
LATER = timedelta(minutes=20)


def on_a_phone_each(people: Iterable[tuple[str, str, datetime]]) -> None:
    """People by their clinic and id, and when they were told of it."""
    db.session.execute(insert(Device), [_phone(*one) for one in people])


def invited(person: Person, by: Person, moment: datetime) -> Invitation:
    """By a sheet that nobody used; no code leads to it."""
    chance = random.Random(f"{person.id} sheet")  # noqa: S311 (nothing secret)
    whose = {"clinic_id": person.clinic_id, "id": uuid7(chance, moment), "person_id": person.id, "made_by": by.id}
    return Invitation(**whose, code_hash=f"{chance.getrandbits(256):064x}", made_at=moment, expires_at=moment + LASTS)


def _phone(clinic_id: str, person_id: str, told: datetime) -> dict[str, Any]:
    chance = random.Random(f"{person_id} phone")  # noqa: S311 (nothing secret)
    return {"clinic_id": clinic_id, "id": uuid7(chance, told), "person_id": person_id, "issued_at": told + LATER}
