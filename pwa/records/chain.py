"""The chain of a clinic's audit trail: a row put at its end, all of it followed, and what is old cut off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pwa.records.base import begin_writing, db, table_of
from pwa.records.keyring import keyring
from pwa.records.people import Clinic
from pwa.records.trail import AuditChain, AuditPatient, AuditRow

ROWS, CHAINS, NAMED = table_of(AuditRow), table_of(AuditChain), table_of(AuditPatient)
#: in this order, for ever: what a hash is made of
SAID = (
    *("clinic_id", "number", "at", "person_id", "role", "action"),
    *("what", "patients", "records", "why", "address", "device"),
)
NOTHING = {"cut": 0, "cut_hash": "", "number": 0, "hash": ""}
THIS = CHAINS.c.clinic_id == bindparam("clinic")
#: a write first: so SQLite's one writer is held, and on PostgreSQL the clinic's chain, until the commit
NEXT = {
    dialect.dialect.name: dialect.insert(CHAINS)
    .values(clinic_id=bindparam("clinic"), **{**NOTHING, "number": 1}, key=0, seal="")
    .on_conflict_do_update(index_elements=["clinic_id"], set_={"number": CHAINS.c.number + 1})
    .returning(*CHAINS.c)
    for dialect in (sqlite, postgresql)
}
ENDS = (*NOTHING, "key", "seal")
SEALED = update(CHAINS).where(THIS).values({name: bindparam(f"to_{name}") for name in ENDS})


def append(row: dict[str, Any]) -> None:
    """Whoever else writes to this clinic's trail waits from here to the commit, so it is the last thing before it."""
    db.session.flush()
    chain = _next(row["clinic_id"])
    row["number"] = chain["number"]
    row["hash"] = chain["hash"] = hash_of(chain["hash"], row)
    db.session.execute(insert(ROWS), row)
    which = {"clinic_id": row["clinic_id"], "number": row["number"]}
    if named := [{**which, "patient_id": patient} for patient in row["patients"]]:
        db.session.execute(insert(NAMED), named)
    _seal(chain)


def hash_of(before: str, row: Mapping[str, Any]) -> str:
    return hash_of_said(before, said_by(row))


def said_by(row: Mapping[str, Any]) -> list[Any]:
    return [row[name].astimezone(UTC).isoformat() if name == "at" else row[name] for name in SAID]


def hash_of_said(before: str, said: Iterable[Any]) -> str:
    return hashlib.sha256(json.dumps([before, *said]).encode()).hexdigest()


def findings(clinic_id: str) -> Iterator[str]:
    """What does not hold in this clinic's chain; nothing, if it does."""
    _in_one_moment()
    chain = _chain(clinic_id)
    if not chain["seal"]:
        yield "its chain is gone, or never began"
    elif not keyring().is_sealed(ends_of(chain), chain["key"], chain["seal"]):
        yield "its ends are not sealed by a key of ours"
    number, before = chain["cut"], chain["cut_hash"]
    rows = select(ROWS).where(ROWS.c.clinic_id == clinic_id).order_by(ROWS.c.number)
    for row in db.session.execute(rows, execution_options={"yield_per": 1000}).mappings():
        if row["number"] > number + 1:
            yield f"missing: {span(number + 1, row['number'] - 1)}"
        elif row["number"] <= chain["cut"]:
            yield f"row {row['number']} came in before the beginning"
        elif row["hash"] != hash_of(before, dict(row)):
            yield f"row {row['number']} was changed, or stands where another stood"
        number, before = row["number"], row["hash"]
    if number < chain["number"]:
        yield f"missing: {span(number + 1, chain['number'])}"
    elif (number, before) != (chain["number"], chain["hash"]):
        yield f"row {number} is not the end that was sealed"
    yield from _named_otherwise(clinic_id)


def _in_one_moment() -> None:
    """What others write meanwhile is not seen; on SQLite it never is."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _named_otherwise(clinic_id: str) -> Iterator[str]:
    """What patients see of the trail, where it is not what the rows say."""
    rows = select(ROWS.c.number, ROWS.c.patients).where(ROWS.c.clinic_id == clinic_id).order_by(ROWS.c.number)
    last = 0
    for some in db.session.execute(rows, execution_options={"yield_per": 1000}).partitions():
        said = {(row.number, patient) for row in some for patient in row.patients}
        first, last = last + 1, some[-1].number
        named = _named(clinic_id, NAMED.c.number.between(first, last))
        yield from (f"row {number} names other patients than are shown it" for number in _numbers(said ^ named))
    beyond = _named(clinic_id, NAMED.c.number > last)
    yield from (f"patients are shown a row {number} that is not there" for number in _numbers(beyond))


def _named(clinic_id: str, which: ColumnElement[bool]) -> set[tuple[int, str]]:
    found = select(NAMED.c.number, NAMED.c.patient_id).where(NAMED.c.clinic_id == clinic_id, which)
    return {(row.number, row.patient_id) for row in db.session.execute(found)}


def _numbers(named: set[tuple[int, str]]) -> list[int]:
    return sorted({number for number, _ in named})


def stood(clinic_id: str, number: int, hash_: str) -> bool:
    """Whether an end that was noted before still stands in the chain, or was cut off because it is old."""
    row = select(ROWS.c.hash).where(ROWS.c.clinic_id == clinic_id, ROWS.c.number == number)
    return number <= _chain(clinic_id)["cut"] or db.session.scalar(row) == hash_


def end(clinic_id: str) -> tuple[int, str]:
    """Number and hash of the last row, to be noted somewhere else."""
    chain = _chain(clinic_id)
    return int(chain["number"]), str(chain["hash"])


def clinics() -> list[str]:
    """All, and those of which a part of the trail alone is left: each has one from the command that opens it on."""
    parts = (CHAINS.c.clinic_id, ROWS.c.clinic_id, NAMED.c.clinic_id)
    return sorted(db.session.scalars(select(Clinic.id).union(*map(select, parts))))


def cut(clinic_id: str, before: datetime) -> int:
    """Removes the rows of older days up to the first that must stay; how many. What is left still begins somewhere:
    at the sealed hash of the last one removed. Commits."""
    begin_writing()
    chain = _chain(clinic_id, for_writing=True)
    of_clinic = ROWS.c.clinic_id == clinic_id
    first_to_stay = db.session.scalar(select(func.min(ROWS.c.number)).where(of_clinic, ROWS.c.at >= before))
    last = (first_to_stay or int(chain["number"]) + 1) - 1
    if last > chain["cut"]:
        hash_ = db.session.scalar(select(ROWS.c.hash).where(of_clinic, ROWS.c.number == last))
        _seal({**chain, "cut": last, "cut_hash": hash_})
    db.session.execute(delete(ROWS).where(of_clinic, ROWS.c.number <= last))
    db.session.execute(delete(NAMED).where(NAMED.c.clinic_id == clinic_id, NAMED.c.number <= last))
    db.session.commit()
    return max(last - int(chain["cut"]), 0)


def _next(clinic_id: str) -> dict[str, Any]:
    connection = db.session.connection()
    return dict(connection.execute(NEXT[connection.dialect.name], {"clinic": clinic_id}).mappings().one())


def _chain(clinic_id: str, for_writing: bool = False) -> dict[str, Any]:
    asked = select(CHAINS).where(THIS)
    asked = asked.with_for_update() if for_writing else asked
    found = db.session.execute(asked, {"clinic": clinic_id}).mappings().first()
    return dict(found or {"clinic_id": clinic_id, **NOTHING, "key": 0, "seal": ""})


def _seal(chain: dict[str, Any]) -> None:
    sealed = {**chain, "key": keyring().newest, "seal": keyring().seal(ends_of(chain))}
    said = {f"to_{name}": sealed[name] for name in ENDS}
    db.session.connection().execute(SEALED, {"clinic": chain["clinic_id"], **said})


def seal_anew(clinic_id: str) -> bool:
    """By the newest key, if an older one sealed; what none of ours sealed stays as it is. Commits."""
    begin_writing()
    chain = _chain(clinic_id, for_writing=True)
    is_older = chain["key"] != keyring().newest and keyring().is_sealed(ends_of(chain), chain["key"], chain["seal"])
    if is_older:
        _seal(chain)
    db.session.commit()
    return is_older


def ends_of(chain: Mapping[str, Any]) -> bytes:
    return json.dumps(["audit", chain["clinic_id"], *(chain[name] for name in NOTHING)]).encode()


def span(first: int, last: int) -> str:
    return f"row {first}" if first == last else f"rows {first} to {last}"
