"""The one door for versions: stored first, judged second, never thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

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
    taken = partial(take, owner, texts, author_id=author_id, device=device, received_at=received_at)
    try:
        with db.session.connection().begin_nested():
            return taken()[0]
    except WRITING_FAILS:
        return taken(one_by_one=True)[0]


def take(
    owner: Owner,
    texts: Sequence[str],
    *,
    author_id: str | Sequence[str],
    device: str | None,
    received_at: datetime | Sequence[datetime],
    one_by_one: bool = False,
) -> tuple[list[Receipt], range]:
    """The same by ids, and the numbers that were given out. They are given out under a lock on the patient's row, so
    that their order is the order of the commits and a cursor can skip nothing.

    In bulk. If one of `WRITING_FAILS` is raised, the caller undoes all of it and calls again for one by one, which
    parks what fails alone: the savepoints of that cost a tenth of everything, and hardly a batch needs them."""
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
        _write(owner, list(fresh.values()), one_by_one)
    stood: dict[str, Kept | Statement] = {**kept, **{id_: arrival.stated for id_, arrival in fresh.items()}}
    opened = open_up(owner, came, stands := dict(stood), seq + len(fresh))
    receipts = [_receipt(each, (stood if each.text == stood[each.id].text else stands)[each.id]) for each in stated]
    clashing = [arrival for arrival, receipt in zip(came, receipts, strict=True) if receipt.outcome == "clash"]
    if clashing:
        _keep_clashes(owner, clashing)
    return receipts, range(seq + 1, seq + 1 + len(fresh) + opened)


def _write(owner: Owner, arrivals: Sequence[Arrival], one_by_one: bool) -> None:
    counted = {"clinic": owner.clinic_id, "owner": owner.id, "last": arrivals[-1].seq}
    db.session.connection().execute(COUNTED, counted)
    if one_by_one:
        for arrival in arrivals:
            _keep_alone(owner, arrival)
    else:
        keep(owner, arrivals)


def _keep_alone(owner: Owner, arrival: Arrival) -> None:
    """What fails even so is parked."""
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
