"""A kept version that says something from now on: parked and good by now, or its seal did not open and it came open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert

from pwa.forms.wrong import Error
from pwa.records import Clash, Version, db
from pwa.sync.envelope import Statement, as_text, read
from pwa.sync.judging import judge
from pwa.sync.keeping import WRITING_FAILS, Arrival, earlier, raise_alerts, settle
from pwa.sync.keys import unsealer
from pwa.sync.sentences import COUNTED, Owner


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands under an id already; with errors it is parked."""

    text: bytes
    errors: list[Error]


def open_up(owner: Owner, came: Iterable[Arrival], stands: dict[str, Kept | Statement], seq: int) -> int:
    """What stands sealed, since no key opens it, is opened by who sends it open. How many: each takes a number."""
    opened = 0
    for arrival in came:
        first = stands[arrival.stated.id]
        if is_shut(first.errors) and may_be(owner, arrival.stated, first.text):
            version = db.session.get_one(Version, (*owner, arrival.stated.id), populate_existing=True)
            if opens(owner, version, arrival, seq + opened + 1):
                opened += 1
                stands[version.id] = arrival.stated
    if opened:
        db.session.connection().execute(COUNTED, {"clinic": owner.clinic_id, "owner": owner.id, "last": seq + opened})
    return opened


def is_shut(errors: Sequence[Error]) -> bool:
    """Of a sealed text that does not open: nobody knows what it says, so there is nothing to compare."""
    return [error["code"] for error in errors] == ["sealed"]


def may_be(owner: Owner, stated: Statement, sealed: bytes) -> bool:
    """Whether this is open, and what is sealed does not open or says the same."""
    inside = read(as_text(sealed), unsealer(owner.id))
    return not is_shut(stated.errors) and (is_shut(inside.errors) or inside.text == stated.text)


def opens(owner: Owner, version: Version, arrival: Arrival, seq: int) -> bool:
    """Judged by when it came first. The sealed text stays beside it."""
    judge(arrival.stated, arrival.writer(owner), version.received_at)
    arrival.received_at = version.received_at
    try:
        with db.session.begin_nested():
            _set_aside(version, arrival.stated.text)
            take_in(owner, version, arrival, seq)
    except WRITING_FAILS:
        return False
    return True


def take_in(owner: Owner, version: Version, arrival: Arrival, seq: int) -> None:
    """The version says this now, under a new number, so that every phone hears of it whatever its cursor."""
    stated = arrival.stated
    before = earlier(owner, [stated.record or ""])
    version.seq, version.text = seq, stated.text
    version.outcome, version.errors = ("parked", stated.errors) if stated.errors else ("stored", None)
    version.record, version.kind, version.parents = stated.record, stated.kind, stated.parents
    db.session.flush()
    if not stated.errors:
        settle(owner, [arrival], before)
    raise_alerts(owner, [arrival])


def _set_aside(version: Version, opened: bytes) -> None:
    """An open text that clashed with the sealed one until now does so no longer."""
    its = {"clinic_id": version.clinic_id, "patient_id": version.patient_id, "version_id": version.id}
    digests = [hashlib.sha256(text).hexdigest() for text in (version.text, opened)]
    these = [getattr(Clash, name) == value for name, value in its.items()]
    db.session.execute(delete(Clash).where(*these, Clash.digest.in_(digests)))
    row: dict[str, Any] = {**its, "digest": digests[0], "text": version.text, "author_id": version.author_id}
    db.session.execute(insert(Clash), [{**row, "device_id": version.device_id, "received_at": version.received_at}])
