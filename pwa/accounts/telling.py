"""A mail to whoever is concerned: what somebody else did is not to stay unseen."""

from __future__ import annotations

from uuid import uuid4

from pwa.config import now
from pwa.records import Person
from pwa.records.notices import Wanted, enqueue


def tell(person: Person, what: str, about: str = "") -> None:
    """`what`: one of `WHATS` that names no alert. The caller commits."""
    cause = f"{what}:{uuid4()}"
    enqueue([Wanted(person.clinic_id, person.id, what, about or person.id, cause, "mail", now())], now())
