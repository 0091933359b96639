"""The clinic's card on every patient's phone: written anew when what it says of the clinic has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from pwa.accounts import this_sign_in
from pwa.clinic.desk import clinic, here
from pwa.config import now
from pwa.domain.heads import heads, shown_first
from pwa.records import Patient, Person, Version, card, db
from pwa.records.base import begin_writing
from pwa.sync.envelope import Statement, as_text, read, written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive

#: patients in one transaction, so that phones which send meanwhile wait for a moment only
TOGETHER = 50


def tell_phones(user: Person) -> None:
    """Of every patient of the clinic who has a card; one that says so already is left as it is, and whoever has none
    gets one from the courier. Commits."""
    said = card.said(user.clinic_id)
    everyone = db.session.scalars(select(Patient.id).where(Patient.clinic_id == user.clinic_id)).all()
    for start in range(0, len(everyone), TOGETHER):
        begin_writing()
        for patient_id in everyone[start : start + TOGETHER]:
            _tell(user, db.session.get_one(Patient, (user.clinic_id, patient_id)), said)
        db.session.commit()


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
