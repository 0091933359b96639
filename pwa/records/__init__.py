"""What is kept: tables, named constraints, and the sentences that write."""

from pwa.records.access import CareTeam, Emergency, Hidden
from pwa.records.addresses import AddressChange
from pwa.records.agreements import Agreement
from pwa.records.alerts import Alert, AlertCause, AlertEvent, Responder, SafetySettings
from pwa.records.base import Instant, db
from pwa.records.data_keys import DataKey
from pwa.records.doors import Authenticator, Challenge, Invitation, Passkey, RecoveryCode
from pwa.records.entries import (
    CallRequest,
    CheckIn,
    Course,
    EffectsReport,
    HomeDose,
    JournalEntry,
    ReminderChoice,
    ReportedEffect,
    SafetyPlan,
    Treatment,
)
from pwa.records.erasures import Erasure
from pwa.records.keys import ServerKey
from pwa.records.lasting import LastingKey, lasting_hash, lasting_hashes
from pwa.records.looks import SignalLook
from pwa.records.names import EarlierName, name_then
from pwa.records.noted import AdverseEvent, Note
from pwa.records.notices import CourierTurn, Notice, PushSubscription
from pwa.records.people import Clinic, Device, PasswordTry, Patient, Person, SignIn, SignInCode
from pwa.records.room import Annotation, EntryRead, Goal, GoalSaid, Offer, Visit
from pwa.records.settings import AskedChange, ClinicItem, Protocol
from pwa.records.summaries import AfterTreatment, FeltAfter, FeltInAll, FirstCourse
from pwa.records.trail import AuditChain, AuditPatient, AuditRow
from pwa.records.versions import Clash, ServerState, Version

__all__ = [
    "AddressChange",
    "AdverseEvent",
    "AfterTreatment",
    "Agreement",
    "Alert",
    "AlertCause",
    "AlertEvent",
    "Annotation",
    "AskedChange",
    "AuditChain",
    "AuditPatient",
    "AuditRow",
    "Authenticator",
    "CallRequest",
    "CareTeam",
    "Challenge",
    "CheckIn",
    "Clash",
    "Clinic",
    "ClinicItem",
    "CourierTurn",
    "Course",
    "DataKey",
    "Device",
    "EarlierName",
    "EffectsReport",
    "Emergency",
    "EntryRead",
    "Erasure",
    "FeltAfter",
    "FeltInAll",
    "FirstCourse",
    "Goal",
    "GoalSaid",
    "Hidden",
    "HomeDose",
    "Instant",
    "Invitation",
    "JournalEntry",
    "LastingKey",
    "Note",
    "Notice",
    "Offer",
    "Passkey",
    "PasswordTry",
    "Patient",
    "Person",
    "Protocol",
    "PushSubscription",
    "RecoveryCode",
    "ReminderChoice",
    "ReportedEffect",
    "Responder",
    "SafetyPlan",
    "SafetySettings",
    "ServerKey",
    "ServerState",
    "SignIn",
    "SignInCode",
    "SignalLook",
    "Treatment",
    "Version",
    "Visit",
    "db",
    "lasting_hash",
    "lasting_hashes",
    "name_then",
]
