"""Whether anything is written of a patient, and since when: of whom it is, nobody is removed, and erased only after the
clinic's years.

A table that can name a patient stands here, in one of both lists; a test says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_

from pwa.records.access import Emergency, Hidden
from pwa.records.alerts import Alert, AlertEvent
from pwa.records.noted import AdverseEvent, Note
from pwa.records.room import Annotation
from pwa.records.versions import Clash, Version

#: what the house itself tells a phone is no entry
OF_THE_HOUSE = ("card", "seen")
#: table → when a row of it was written
WRITTEN: Mapping[type[Any], Any] = {
    Version: Version.received_at,
    Clash: Clash.received_at,
    Note: Note.at,
    AdverseEvent: AdverseEvent.at,
    Annotation: Annotation.at,
    Alert: Alert.last_at,
    AlertEvent: AlertEvent.at,
    Emergency: Emergency.at,
    Hidden: Hidden.since,
}
OF_AN_ENTRY = "made of entries, which are looked at themselves"
OF_THE_DOOR = "how one comes in and is told of things, and nothing of what is the matter with anybody"
#: table → why it is not looked at
NOT_LOOKED_AT = {
    **dict.fromkeys(("call_request", "check_in", "course", "effects_report", "goal", "goal_said"), OF_AN_ENTRY),
    **dict.fromkeys(("home_dose", "journal_entry", "offer", "reminder_choice", "reported_effect"), OF_AN_ENTRY),
    **dict.fromkeys(("safety_plan", "treatment", "visit", "alert_cause", "entry_read"), OF_AN_ENTRY),
    **dict.fromkeys(("after_treatment", "felt_after", "felt_in_all", "first_course"), OF_AN_ENTRY),
    **dict.fromkeys(("person", "patient", "device", "sign_in", "sign_in_code", "invitation"), OF_THE_DOOR),
    **dict.fromkeys(("authenticator", "recovery_code", "passkey", "address_change", "agreement"), OF_THE_DOOR),
    **dict.fromkeys(("notice", "push_subscription"), OF_THE_DOOR),
    "care_team": "who is to treat them, as said when they were invited",
    **dict.fromkeys(("audit", "audit_patient"), "the trail, which outlives the record"),
    **dict.fromkeys(("earlier_name", "asked_change", "responder", "erasure"), "of staff alone"),
}


def written(clinic_id: Any, patient_id: Any, since: datetime | None = None) -> ColumnElement[bool]:
    """Whether anything is. `clinic_id` and `patient_id`: ids, or the columns in which they stand."""
    return or_(*_each(clinic_id, patient_id, since))


def _each(clinic_id: Any, patient_id: Any, since: datetime | None) -> Iterator[ColumnElement[bool]]:
    for what, moment in WRITTEN.items():
        of = Alert if what is AlertEvent else what
        found = exists().where(what.clinic_id == clinic_id, of.patient_id == patient_id)
        if what is AlertEvent:
            found = found.where(Alert.clinic_id == AlertEvent.clinic_id, Alert.id == AlertEvent.alert_id)
        if what is Version:
            found = found.where(Version.kind.not_in(OF_THE_HOUSE) | Version.kind.is_(None))
        yield found.where(moment >= since) if since else found
