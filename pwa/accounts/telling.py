"""A message to whoever is concerned: what somebody else did is not to stay unseen."""

from __future__ import annotations

from uuid import uuid4

from pwa.config import now
from pwa.records import Person
from pwa.records.notices import Wanted, enqueue
from pwa.records.responding import notices


def tell(person: Person, what: str, about: str = "", why: str = "") -> None:
    """By mail, of the same thing once. `what`: one of `WHATS` that names no alert. The caller commits."""
    cause = f"{why or what}:{about or uuid4()}"
    enqueue([Wanted(person.clinic_id, person.id, what, about or person.id, cause, "mail", now())], now())


def tell_everywhere(person: Person, what: str, about: str, why: str = "") -> None:
    """By mail, and by push wherever they asked for it. The caller commits."""
    enqueue(notices(person.clinic_id, person.id, what, about, f"{why or what}:{about}", now()), now())
