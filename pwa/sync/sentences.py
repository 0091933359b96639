"""What sync asks of the database, said once: building such a statement costs more than running it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Row, Select, Table, bindparam, func, select, update

from pwa.records import Device, Patient, SignIn, Version, db
from pwa.records.base import table_of
from pwa.records.typed import HUNDREDS
from pwa.sync.epoch import EPOCH

VERSIONS, PATIENTS, DEVICES, SIGN_INS = map(table_of, (Version, Patient, Device, SignIn))


class Owner(NamedTuple):
    """Whose versions these are."""

    clinic_id: str
    id: str


def _owned(table: Table, by: str = "patient_id") -> tuple[ColumnElement[bool], ...]:
    return table.c.clinic_id == bindparam("clinic"), table.c[by] == bindparam("owner")


_these: BindParameter[Any] = bindparam("these", expanding=True)
_version = VERSIONS.c

LOCKED = select(PATIENTS.c.seq).where(*_owned(PATIENTS, "id")).with_for_update()
COUNTED = update(PATIENTS).where(*_owned(PATIENTS, "id")).values(seq=bindparam("last"))
SAID_WAITING = (
    update(DEVICES)
    .where(DEVICES.c.clinic_id == bindparam("clinic"), DEVICES.c.id == bindparam("device"))
    .values(waiting=bindparam("count"), synced_at=bindparam("at"))
)
KNOWN_DEVICES = select(DEVICES.c.id, DEVICES.c.person_id, DEVICES.c.waiting, EPOCH).where(
    DEVICES.c.clinic_id == bindparam("clinic"), DEVICES.c.id.in_(_these)
)
SIGNED_IN = select(SIGN_INS.c.revoked_at, SIGN_INS.c.expires_at).where(
    SIGN_INS.c.clinic_id == bindparam("clinic"), SIGN_INS.c.id == bindparam("sign_in")
)
#: what stands under these ids
KEPT = select(_version.id, _version.text, _version.errors).where(*_owned(VERSIONS), _version.id.in_(_these))
#: what stands in these records. The owner as expressions: SQLite would read all that the patient ever wrote rather than
#: seek the records
STORED = (
    select(_version.id, _version.record, _version.kind, _version.parents)
    .where(_version.record.in_(_these), _version.outcome == "stored")
    .where(_version.clinic_id.concat("") == bindparam("clinic"), _version.patient_id.concat("") == bindparam("owner"))
)
TEXTS = select(_version.id, _version.text, _version.received_at).where(*_owned(VERSIONS), _version.id.in_(_these))
#: how much there is to pull, without what the phone just sent
SIZES = (
    select(_version.seq, func.length(_version.text))
    .where(*_owned(VERSIONS), _version.seq > bindparam("cursor"))
    .where(~_version.seq.between(bindparam("first"), bindparam("last")))
    .order_by(_version.seq)
    .limit(bindparam("most"))
)
PULLED = (
    select(_version.id, _version.text, _version.outcome, _version.errors)
    .where(*_owned(VERSIONS), _version.seq.in_(_these))
    .order_by(_version.seq)
)


def ask(sentence: Select[*tuple[Any, ...]], owner: Owner, **values: Any) -> Iterator[Row[*tuple[Any, ...]]]:
    asked = {"clinic": owner.clinic_id, "owner": owner.id, **values}
    yield from db.session.connection().execute(sentence, asked)


def ask_of(sentence: Select[*tuple[Any, ...]], owner: Owner, these: Collection[str]) -> Iterator[Row[*tuple[Any, ...]]]:
    """The same for many ids, some hundreds at a time."""
    ordered = sorted(these)
    for start in range(0, len(ordered), HUNDREDS):
        yield from ask(sentence, owner, these=ordered[start : start + HUNDREDS])
