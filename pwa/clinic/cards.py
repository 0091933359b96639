"""The clinic's card on every patient's phone: written anew when what it says of the clinic has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from pwa.accounts import this_sign_in
from pwa.clinic.desk import clinic, here
from pwa.config import now
from pwa.domain.heads import heads, shown_first
from pwa.records import ClinicItem, Patient, Person, Version, db
from pwa.records.base import begin_writing
from pwa.records.responding import house_of
from pwa.sync.envelope import Statement, as_text, read, written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive

#: patients in one transaction, so that phones which send meanwhile wait for a moment only
TOGETHER = 50


def tell_phones(user: Person) -> None:
    """Of every patient of the clinic who has a card; one that says so already is left as it is. Commits."""
    said = {
        "asked": asked_by(user.clinic_id),
        "thoughts_asked": clinic().thoughts_asked,
        "cover": _cover(user.clinic_id),
    }
    everyone = db.session.scalars(select(Patient.id).where(Patient.clinic_id == user.clinic_id)).all()
    for start in range(0, len(everyone), TOGETHER):
        begin_writing()
        for patient_id in everyone[start : start + TOGETHER]:
            _tell(user, db.session.get_one(Patient, (user.clinic_id, patient_id)), said)
        db.session.commit()


def asked_by(clinic_id: str) -> dict[str, Any]:
    """What a card says of what is asked."""
    items = db.session.scalars(select(ClinicItem).where(ClinicItem.clinic_id == clinic_id).order_by(ClinicItem.id))
    said: dict[str, Any] = {"effects_off": [], "checks_off": [], "own": []}
    for item in items:
        if item.what == "own" and item.is_asked:
            routes = {"routes": item.routes} if item.routes else {}
            said["own"].append({"id": item.id, "en": item.en, "fr": item.fr, **routes, **(item.every or {})})
        elif item.what != "own" and not item.is_asked:
            said[f"{item.what}s_off"].append(item.id)
        elif item.what == "check" and item.every:
            said.setdefault("every", []).append({"id": item.id, **item.every})
    return said


def _cover(clinic_id: str) -> dict[str, Any]:
    cover = house_of(clinic_id).cover
    return {"days": sorted(cover.days), "opens": f"{cover.opens:%H:%M}", "closes": f"{cover.closes:%H:%M}"}


def _tell(user: Person, patient: Patient, said: dict[str, Any]) -> None:
    standing = shown_first(_standing(patient))
    before = standing[0].body if standing else None
    if before is None or {**before, **said} == before:
        return
    newest, moment = standing[0], now()
    of_record = [one.id for one in standing if one.record == newest.record]
    text = written(
        "card",
        {**before, **said},
        id=new_id(moment),
        record=newest.record or "",
        day=here(moment).date(),
        felt_at=here(moment),
        written_at=here(moment),
        zone=clinic().zone,
        parents=of_record,
    )
    receive(patient, [text], author=user, device=this_sign_in().device_id, received_at=moment)


def _standing(patient: Patient) -> Iterator[Statement]:
    whose = (Version.clinic_id == patient.clinic_id, Version.patient_id == patient.id, Version.kind == "card")
    cards: Sequence[bytes] = db.session.scalars(select(Version.text).where(*whose, Version.outcome == "stored")).all()
    said = {one.id: one for one in (read(as_text(text), lambda *_: None) for text in cards)}
    for id_ in heads({one.id: one.parents for one in said.values()}):
        yield said[id_]
