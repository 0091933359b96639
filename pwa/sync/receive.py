"""The one door for versions: stored first, judged second, never thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select

from pwa.forms.wrong import Error, Wrong
from pwa.records import Clash, Patient, Person, db
from pwa.sync.envelope import Statement, read
from pwa.sync.judging import judge
from pwa.sync.keeping import WRITING_FAILS, Arrival, keep
from pwa.sync.keys import unsealer
from pwa.sync.opening import Kept, open_up
from pwa.sync.sentences import COUNTED, KEPT, LOCKED, Owner, ask, ask_of


@dataclass(frozen=True, slots=True)
class Receipt:
    id: str
    #: stored, known, parked or clash
    outcome: str
    errors: list[Error] = field(default_factory=list)


def receive(
    patient: Patient,
    texts: Sequence[str],
    *,
    author: Person | Sequence[Person],
    device: str | None,
    received_at: datetime | Sequence[datetime],
) -> list[Receipt]:
    """Takes versions of one patient, written by the patient or by staff; one receipt for each text, in order.

    They came at one moment and from one person, or each at its own and from its own: the demo brings months at once.

    Everything happens in the caller's transaction, which must have begun by `records.begin_writing()` and which the
    caller commits: nothing counts as stored before. The patient's row is locked until then."""
    owner = Owner(patient.clinic_id, patient.id)
    author_id = author.id if isinstance(author, Person) else [each.id for each in author]
    return take(owner, texts, author_id=author_id, device=device, received_at=received_at)[0]


def take(
    owner: Owner,
    texts: Sequence[str],
    *,
    author_id: str | Sequence[str],
    device: str | None,
    received_at: datetime | Sequence[datetime],
) -> tuple[list[Receipt], range]:
    """The same by ids, and the numbers that were given out. They are given out under a lock on the patient's row, so
    that their order is the order of the commits and a cursor can skip nothing."""
    moments = [received_at] * len(texts) if isinstance(received_at, datetime) else received_at
    authors = [author_id] * len(texts) if isinstance(author_id, str) else author_id
    [(seq,)] = ask(LOCKED, owner)
    stated = [read(text, unsealer(owner.id)) for text in texts]
    kept = {row.id: Kept(row.text, row.errors or []) for row in ask_of(KEPT, owner, {each.id for each in stated})}
    came = [Arrival(each, by, device, moment) for each, by, moment in zip(stated, authors, moments, strict=True)]
    fresh: dict[str, Arrival] = {}
    for arrival in came:
        if arrival.stated.id not in kept:
            fresh.setdefault(arrival.stated.id, arrival)
    for seq_of_it, arrival in enumerate(fresh.values(), seq + 1):
        arrival.seq = seq_of_it
        judge(arrival.stated, arrival.writer(owner), arrival.received_at)
    if fresh:
        _write(owner, list(fresh.values()))
    stood: dict[str, Kept | Statement] = {**kept, **{id_: arrival.stated for id_, arrival in fresh.items()}}
    opened = open_up(owner, came, stands := dict(stood), seq + len(fresh))
    receipts = [_receipt(each, (stood if each.text == stood[each.id].text else stands)[each.id]) for each in stated]
    clashing = [arrival for arrival, receipt in zip(came, receipts, strict=True) if receipt.outcome == "clash"]
    if clashing:
        _keep_clashes(owner, clashing)
    return receipts, range(seq + 1, seq + 1 + len(fresh) + opened)


def _write(owner: Owner, arrivals: Sequence[Arrival]) -> None:
    """In bulk; only if that fails one by one, and what fails even then is parked."""
    connection = db.session.connection()
    connection.execute(COUNTED, {"clinic": owner.clinic_id, "owner": owner.id, "last": arrivals[-1].seq})
    try:
        with connection.begin_nested():
            keep(owner, arrivals)
    except WRITING_FAILS:
        for arrival in arrivals:
            _keep_alone(owner, arrival)


def _keep_alone(owner: Owner, arrival: Arrival) -> None:
    try:
        with db.session.connection().begin_nested():
            keep(owner, [arrival])
    except WRITING_FAILS:
        arrival.stated.errors.append(Wrong("internal").of("version"))
        with db.session.connection().begin_nested():
            keep(owner, [arrival])


def _receipt(stated: Statement, first: Kept | Statement) -> Receipt:
    """`first`: what stands under this id, perhaps this very one. What is parked stays so however often it comes."""
    if stated.text != first.text:
        return Receipt(stated.id, "clash", [Wrong("clash").of("version")])
    if first.errors:
        return Receipt(stated.id, "parked", first.errors)
    return Receipt(stated.id, "stored" if first is stated else "known")


def _keep_clashes(owner: Owner, clashing: Iterable[Arrival]) -> None:
    """Each other text once, however often it comes."""
    digests = {(each.stated.id, hashlib.sha256(each.stated.text).hexdigest()): each for each in clashing}
    of_these = Clash.version_id.in_({version_id for version_id, _ in digests})
    whose = (Clash.clinic_id == owner.clinic_id, Clash.patient_id == owner.id, of_these)
    there = {tuple(row) for row in db.session.execute(select(Clash.version_id, Clash.digest).where(*whose))}
    rows = [
        {
            "clinic_id": owner.clinic_id,
            "patient_id": owner.id,
            "version_id": version_id,
            "digest": digest,
            "text": arrival.stated.text,
            "author_id": arrival.author_id,
            "device_id": arrival.device_id,
            "received_at": arrival.received_at,
        }
        for (version_id, digest), arrival in digests.items()
        if (version_id, digest) not in there
    ]
    if rows:
        db.session.execute(insert(Clash), rows)
