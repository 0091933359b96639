"""What the demo's clinic noted of its patients, and how it judged the strongest of their effects."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, select

from pwa.demo.pen import uuid7
from pwa.demo.people import ZONE
from pwa.demo.words import words
from pwa.domain.days import day_of
from pwa.domain.events import event_of
from pwa.records import AdverseEvent, EffectsReport, Note, Patient, Person, ReportedEffect, Treatment, db

#: of the last treatments
LATELY = 4
#: how long after a treatment the clinician writes, and the therapist; a slip of the pen is mended later
AFTER, LATER, MENDED = timedelta(hours=3), timedelta(days=1, hours=2), timedelta(minutes=20)
#: of severe effects so many are judged by now; of patients so many told something by phone
JUDGED, TOLD = 0.6, 0.3
MOST = 3
KEYS = ("clinic_id", "patient_id", "version_id")


def noted(patient: Patient, team: Sequence[Person], chance: random.Random, now: datetime) -> None:
    """`team`: the clinician first. All of it lies before now."""
    its = (Treatment.clinic_id == patient.clinic_id, Treatment.patient_id == patient.id, Treatment.status == "given")
    treatments = db.session.scalars(select(Treatment).where(*its).order_by(Treatment.at)).all()
    rows: list[Note | AdverseEvent] = [
        *_notes(patient, team, treatments[-LATELY:], chance),
        *_judgements(patient, team[0], chance),
        *_told(patient, team[0], treatments, chance),
    ]
    db.session.add_all(one for one in rows if one.at < now)


def _notes(
    patient: Patient, team: Sequence[Person], treatments: Sequence[Treatment], chance: random.Random
) -> Iterator[Note]:
    written = words("en")["of staff"]
    for treatment in treatments:
        for author, after in zip(team, (AFTER, LATER), strict=False):
            if chance.random() < 0.4:
                continue
            at, text = treatment.at + after, chance.choice(written[author.role])
            whose = {**_of(patient, author), "id": uuid7(chance, at)}
            if chance.random() < 0.2:
                yield Note(**whose, edition=1, at=at, text=text.partition(". ")[0] + ".")
                yield Note(**whose, edition=2, at=at + MENDED, text=text)
            else:
                yield Note(**whose, edition=1, at=at, text=text)


def _judgements(patient: Patient, clinician: Person, chance: random.Random) -> Iterator[AdverseEvent]:
    """The newest severe ones that followed a treatment."""
    of_report = and_(*(getattr(EffectsReport, key) == getattr(ReportedEffect, key) for key in KEYS))
    severe = select(EffectsReport, ReportedEffect).join(ReportedEffect, of_report)
    its = (EffectsReport.clinic_id == patient.clinic_id, EffectsReport.patient_id == patient.id)
    newest = severe.where(*its, ReportedEffect.severity == 3, EffectsReport.treatment.is_not(None))
    seen = set[str]()
    ordered = newest.order_by(EffectsReport.felt_at.desc(), ReportedEffect.effect)
    for report, effect in db.session.execute(ordered.limit(MOST)):
        id_ = event_of(str(report.treatment), effect.effect)
        if id_ not in seen and chance.random() < JUDGED:
            yield _event(
                patient,
                clinician,
                chance,
                report.received_at + AFTER,
                report.day,
                id=id_,
                told="app",
                about=report.treatment,
                effect=effect.effect,
                words=effect.words,
                grade=chance.choice((2, 2, 3)),
                causality=chance.choice(("probable", "probable", "possible")),
            )
        seen.add(id_)


def _told(
    patient: Patient, clinician: Person, treatments: Sequence[Treatment], chance: random.Random
) -> Iterator[AdverseEvent]:
    if not treatments or chance.random() > TOLD:
        return
    at = treatments[-1].at + LATER
    what = chance.choice(words("en")["told"])
    yield _event(patient, clinician, chance, at, day_of(at, ZONE), id=uuid7(chance, at), told="phone", **what)


def _event(
    patient: Patient, clinician: Person, chance: random.Random, at: datetime, began: date, **more: Any
) -> AdverseEvent:
    action, outcome = chance.choice((("none", "resolved"), ("treated", "resolved"), ("dose-reduced", "recovering")))
    usual = {"serious": "no", "causality": "possible", "action": action, "outcome": outcome}
    ended = began if outcome == "resolved" else None
    of = _of(patient, clinician)
    return AdverseEvent(
        **of, edition=1, at=at, heard=day_of(at, ZONE), began=began, ended=ended, **{"grade": 1, **usual, **more}
    )


def _of(patient: Patient, author: Person) -> dict[str, Any]:
    return {"clinic_id": patient.clinic_id, "patient_id": patient.id, "person_id": author.id}
