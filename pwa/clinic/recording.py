"""What staff say of a patient's treatments: through the same door as everything, so that phones pull it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from pwa.accounts import audit, patients_of, patients_to_note, this_sign_in
from pwa.clinic.desk import clinic, here
from pwa.config import now
from pwa.domain.course import belongs
from pwa.errors import Problem
from pwa.forms.wrong import Error
from pwa.records import Course, Patient, Person, Treatment, db
from pwa.records.base import begin_writing
from pwa.sync.envelope import written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive

SAME = ("status", "minutes", "route", "drug", "dose", "unit", "weight", "place", "lot", "given_by", "observed")


@dataclass(frozen=True)
class Outcome:
    is_kept: bool
    #: heads that stand now, if they are not those that stood on the screen
    heads: list[str] = field(default_factory=list)
    errors: list[Error] = field(default_factory=list)
    #: another record says the same administration
    is_twice: bool = False

    @property
    def changed_meanwhile(self) -> bool:
        return not (self.is_kept or self.errors or self.is_twice)


def record_treatment(
    user: Person, patient_id: str, record: str, parents: Sequence[str], at: datetime, said: Mapping[str, Any]
) -> Outcome:
    """`parents`: the heads that stood on the screen; `said`: the body, `at` by the clinic's clock. Commits, or changes
    nothing."""
    patient = one_to_write(user, patient_id)
    heads = _heads(patient, record)
    if any(_says(head, said) for head in heads):
        return Outcome(True)
    standing = sorted(head.version_id for head in heads)
    if standing != sorted(parents):
        return Outcome(False, standing)
    if not heads and _stands_already(patient, at, said):
        return Outcome(False, is_twice=True)
    numbers = _numbering(patient, record, at, said)
    had = _numbers(heads[0]) if heads else {}
    number = numbers.pop(record, had)
    body = {**said, **(number if had or not heads else {})}  # what never had a number gets none
    return send(user, patient, [Sentence("treatment", record, body, at, parents), *_numbered_anew(patient, numbers)])


@dataclass(frozen=True)
class Sentence:
    """One version that staff write."""

    kind: str
    record: str
    #: None takes it back
    body: Mapping[str, Any] | None
    #: by the clinic's clock
    at: datetime
    parents: Sequence[str] = ()

    def text(self, moment: datetime) -> str:
        return written(
            self.kind,
            self.body,
            id=new_id(moment),
            record=self.record,
            day=self.at.date(),
            felt_at=self.at,
            written_at=here(moment),
            zone=clinic().zone,
            parents=self.parents,
        )


def one_to_write(user: Person, patient_id: str) -> Patient:
    """One's own patient; begins writing."""
    return _to_write(patients_of(user), patient_id)


def one_to_note(user: Person, patient_id: str) -> Patient:
    """One's own, or whom one treated in an emergency; begins writing."""
    return _to_write(patients_to_note(user), patient_id)


def _to_write(patients: Select[Patient], patient_id: str) -> Patient:
    begin_writing()
    patient: Patient | None = db.session.scalar(patients.where(Patient.id == patient_id))
    if patient is None:
        raise Problem("not-found")
    return patient


def send(user: Person, patient: Patient, sentences: Sequence[Sentence]) -> Outcome:
    """All of them or none; commits."""
    moment = now()
    texts = [sentence.text(moment) for sentence in sentences]
    receipts = receive(patient, texts, author=user, device=this_sign_in().device_id, received_at=moment)
    if any(receipt.outcome != "stored" for receipt in receipts):
        db.session.rollback()
        return Outcome(False, errors=[error for receipt in receipts for error in receipt.errors])
    for kind in {sentence.kind for sentence in sentences}:
        audit.wrote(user, kind, [patient.id], [one.record for one in sentences if one.kind == kind])
    db.session.commit()
    return Outcome(True)


def body_of(head: Treatment) -> dict[str, Any]:
    """What was said of a treatment, to be said again."""
    return {**_said(head), **_numbers(head)}


def by_record(heads: Iterable[Treatment]) -> dict[str, list[Treatment]]:
    found: dict[str, list[Treatment]] = {}
    for head in heads:
        found.setdefault(head.record, []).append(head)
    return found


def _says(head: Treatment, said: Mapping[str, Any]) -> bool:
    """Whether this is what stands there already."""
    moments = {"at": head.at, "ended": head.ended}
    return all(getattr(head, name) == said.get(name) for name in SAME) and all(
        moment == (datetime.fromisoformat(said[name]) if name in said else None) for name, moment in moments.items()
    )


def _stands_already(patient: Patient, at: datetime, said: Mapping[str, Any]) -> bool:
    same = (Treatment.at == at, Treatment.route == said["route"], Treatment.status != "cancelled")
    return any(one.dose == said["dose"] for one in db.session.scalars(_treatments(patient).where(*same)))


def _heads(patient: Patient, record: str) -> Sequence[Treatment]:
    return db.session.scalars(_treatments(patient).where(Treatment.record == record)).all()


def _treatments(patient: Patient) -> Select[Treatment]:
    return select(Treatment).where(Treatment.clinic_id == patient.clinic_id, Treatment.patient_id == patient.id)


def _said(head: Treatment) -> dict[str, Any]:
    said = {name: getattr(head, name) for name in SAME if getattr(head, name) is not None}
    moments = {"at": head.at, "ended": head.ended}
    return {**said, **{name: here(moment).isoformat() for name, moment in moments.items() if moment}}


def _numbers(head: Treatment) -> dict[str, Any]:
    return {name: number for name, number in (("number", head.number), ("of", head.of)) if number is not None}


def _numbering(patient: Patient, record: str, at: datetime, said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Which one each session of the newest course is once this one is said, by record; what is cancelled is none."""
    newest = select(Course).where(Course.clinic_id == patient.clinic_id, Course.patient_id == patient.id)
    course = db.session.scalars(newest.order_by(Course.written_at.desc()).limit(1)).first()
    if course is None:
        return {}
    others = db.session.scalars(_treatments(patient).where(Treatment.record != record, Treatment.status != "cancelled"))
    moments = {one.record: one.at for one in others if belongs(one.day, one.route, course)}
    if said["status"] != "cancelled" and belongs(at.date(), said["route"], course):
        moments[record] = at
    in_order = sorted(moments, key=lambda one: (moments[one], one))
    planned = course.planned or 0
    return {one: {"number": n, **({"of": planned} if n <= planned else {})} for n, one in enumerate(in_order, 1)}


def _numbered_anew(patient: Patient, numbers: Mapping[str, dict[str, Any]]) -> Iterator[Sentence]:
    """Sessions that have another number than they had, as when an earlier one is entered late. Of those in several
    wordings staff decide first, and what never had a number gets none."""
    heads = db.session.scalars(_treatments(patient).where(Treatment.record.in_(numbers)))
    for record, (head, *more) in by_record(heads).items():
        if not more and _numbers(head) and _numbers(head) != numbers[record]:
            body = {**_said(head), **numbers[record]}
            yield Sentence("treatment", record, body, here(head.at), [head.version_id])
