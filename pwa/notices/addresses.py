"""To which address a notice goes: its owner's, but for the two that a change of it concerns."""

from __future__ import annotations

from pwa.accounts.address import way_to_confirm
from pwa.records import AddressChange, Notice, Person, db

#: where one agrees, or stops it
INVITATIONS = "/clinic/invitations"


def of(notice: Notice, person: Person) -> str | None:
    change = _change(notice)
    if change is None:
        return person.email
    return change.email if notice.what == "new-address" else change.before


def way(notice: Notice) -> str | None:
    """Where the link of this one leads, if elsewhere than to the start."""
    if notice.what == "agree":
        return INVITATIONS
    change = _change(notice) if notice.what == "new-address" else None
    return way_to_confirm(change) if change else None


def _change(notice: Notice) -> AddressChange | None:
    is_of_one = notice.what in ("new-address", "old-address")
    return db.session.get(AddressChange, (notice.clinic_id, notice.about)) if is_of_one else None
