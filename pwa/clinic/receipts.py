"""A patient hears that a shared entry was read, by whom and when: the phone pulls it like all else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import insert

from pwa.accounts import this_sign_in
from pwa.clinic.desk import here
from pwa.clinic.queries import AnyRow
from pwa.clinic.queries import room as ask
from pwa.clinic.recording import Sentence
from pwa.clinic.standing import Standing
from pwa.config import now
from pwa.records import EntryRead, JournalEntry, Patient, Person, db
from pwa.records.base import begin_writing
from pwa.sync.ids import new_id
from pwa.sync.receive import receive


def wordings(shown: Sequence[Standing[JournalEntry]]) -> dict[str, list[str]]:
    """Of each entry that is shown, by record, the ids of its versions."""
    return {one.head.record: sorted(head.version_id for head in (one.head, *one.others)) for one in shown}


def whole(shown: Sequence[Standing[JournalEntry]], longest: int) -> dict[str, list[str]]:
    """The same where of each entry only the wording that comes first is shown, cut after so many characters: what was
    cut does not count as read."""
    return {one.head.record: [one.head.version_id] for one in shown if len(one.head.text) <= longest}


def tell_read(user: Person, patient: AnyRow, shown: Mapping[str, Collection[str]]) -> None:
    """Once of each wording and reader, however often it is opened. Commits."""
    versions = {version for those in shown.values() for version in those}
    if not ask.not_read(user, patient, versions):
        return
    begin_writing()
    writer = db.session.get_one(Patient, (patient.clinic_id, patient.id), with_for_update=True)
    fresh = ask.not_read(user, patient, versions)  # another tab may have opened it while one waited for the lock
    read = {record: those for record, those in shown.items() if fresh.intersection(those)}
    moment = now()
    if read:
        whose = {"clinic_id": patient.clinic_id, "patient_id": patient.id, "person_id": user.id, "at": moment}
        db.session.execute(insert(EntryRead), [{**whose, "version_id": version} for version in sorted(fresh)])
        at = here(moment).isoformat(timespec="seconds")
        told = [{"entry": record, "at": at, "versions": those, "by": user.role} for record, those in read.items()]
        texts = [Sentence("seen", new_id(moment), body, here(moment)).text(moment) for body in told]
        receive(writer, texts, author=user, device=this_sign_in().device_id, received_at=moment)
    db.session.commit()
