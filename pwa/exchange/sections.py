"""Which tables a record that is taken out holds, under which name, and which not and why. A new table that names a
person must stand in one of both; a test says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pwa.records import (
    AddressChange,
    AdverseEvent,
    Agreement,
    Alert,
    AlertCause,
    AlertEvent,
    AuditRow,
    CareTeam,
    Clash,
    Device,
    EarlierName,
    Emergency,
    EntryRead,
    Hidden,
    Invitation,
    Note,
    Notice,
    Passkey,
    Patient,
    Person,
    PushSubscription,
    SignIn,
    Version,
)

#: name in the file → the table, by the patient whom its rows are about
OF_THE_PATIENT: Mapping[str, type[Any]] = {
    "alerts": Alert,
    "alert_causes": AlertCause,
    "notes": Note,
    "adverse_events": AdverseEvent,
    "care_team": CareTeam,
    "hidden": Hidden,
    "emergencies": Emergency,
    "first_read": EntryRead,
}
#: the same, by the person who signs in
OF_THE_ACCOUNT: Mapping[str, type[Any]] = {
    "agreements": Agreement,
    "addresses": AddressChange,
    "sign_ins": SignIn,
    "devices": Device,
    "passkeys": Passkey,
    "invitations": Invitation,
    "push": PushSubscription,
    "notices": Notice,
}
#: read in a way of their own
OTHERWISE = {
    "patient": (Person, Patient),
    "entries": (Version, Clash),
    "alert_events": (AlertEvent,),
    "looks": (AuditRow,),
    "people": (EarlierName,),
}
#: name in the file → the resource of FHIR R4 that is nearest to it
FHIR = {
    "patient": "Patient",
    "alerts": "DetectedIssue",
    "alert_causes": "DetectedIssue",
    "alert_events": "Task",
    "notes": "DocumentReference",
    "adverse_events": "AdverseEvent",
    "care_team": "CareTeam",
    "hidden": "Consent",
    "emergencies": "AuditEvent",
    "first_read": "AuditEvent",
    "looks": "AuditEvent",
    "agreements": "Consent",
    "notices": "Communication",
}
#: kind of an entry → the same
FHIR_OF_KIND = {
    "check-in": "QuestionnaireResponse",
    "effects": "QuestionnaireResponse",
    "journal": "DocumentReference",
    "safety-plan": "CarePlan",
    "home-dose": "MedicationAdministration",
    "treatment": "MedicationAdministration",
    "course": "CarePlan",
    "visit": "Appointment",
    "goal": "Goal",
    "goal-said": "Goal",
    "offer": "Task",
    "aside": "Task",
    "call": "Communication",
    "seen": "AuditEvent",
    "card": "Organization",
}
IN_THE_ENTRIES = (
    "the newest of an entry, typed anew for the clinic's lists: the same words and numbers stand in entries"
)
FOR_NUMBERS = "sums for the numbers of the whole clinic, reckoned from the entries"
OF_THE_DOOR = "opens the account, and says nothing of anybody"
#: table → why no row of it is taken out
LEFT_OUT = {
    **dict.fromkeys(("call_request", "check_in", "course", "effects_report", "goal", "goal_said"), IN_THE_ENTRIES),
    **dict.fromkeys(("home_dose", "journal_entry", "offer", "reminder_choice", "reported_effect"), IN_THE_ENTRIES),
    **dict.fromkeys(("safety_plan", "treatment", "visit"), IN_THE_ENTRIES),
    **dict.fromkeys(("after_treatment", "felt_after", "felt_in_all", "first_course"), FOR_NUMBERS),
    **dict.fromkeys(("authenticator", "recovery_code", "sign_in_code"), OF_THE_DOOR),
    "audit_patient": "finds the looks, which are taken out",
    "annotation": "what a therapist keeps for themselves, apart from the record, and shows to nobody",
    "responder": "of staff alone: who answers alerts",
    "asked_change": "of staff alone: who changed what the clinic asks",
}
#: what of a row is a secret, a hash of one or the clinic's own number
NEVER = frozenset(
    (
        *("clinic_id", "password_hash", "email_index", "secret_hash", "key_hash", "code_hash", "public_key"),
        *("credential", "endpoint", "p256dh", "auth", "claimed_by"),
    )
)
