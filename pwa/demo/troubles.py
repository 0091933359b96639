"""The few patients in trouble: what a clinic should find at the top of its screens."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pwa.demo.pen import Pen
from pwa.demo.people import Someone, Trouble
from pwa.demo.treatments import Session
from pwa.domain.days import window

#: days before today → what the check-in of that day says
CHECK_INS: Mapping[Trouble, Mapping[int, dict[str, Any]]] = {
    "often": {
        3: {"mood": 6, "anxiety": 4, "sleep": 7, "thoughts": "no"},
        2: {"mood": 5, "anxiety": 5, "sleep": 6.5, "thoughts": "no"},
        1: {"mood": 2, "anxiety": 8, "energy": 2, "sleep": 3.5, "thoughts": "often"},
    },
    "now-and-then": {
        5: {"mood": 3, "anxiety": 6, "thoughts": "now-and-then"},
        2: {"mood": 4, "anxiety": 6, "thoughts": "no"},
    },
    "sinking": {
        **{ago: {"mood": 7, "anxiety": 3, "sleep": 7} for ago in range(7, 24)},
        **{
            ago: {"mood": mood, "anxiety": 9 - mood, "sleep": sleep}
            for ago, mood, sleep in ((6, 7, 7), (5, 7, 6.5), (4, 6, 5.5), (3, 5, 4.5), (2, 4, 4), (1, 3, 4))
        },
    },
    "racing": {ago: {"mood": 9, "energy": 9, "sleep": 3.5} for ago in (3, 2, 1)},
    "spending": {ago: {"mood": 8, "energy": 9, "sleep": 4} for ago in (3, 2)},
    "sleepless": {ago: {"mood": 6, "sleep": sleep} for ago, sleep in ((3, 3.5), (2, 4), (1, 3.5))},
}
BLADDER = [
    {"effect": "bladder-pain", "severity": 2, "ongoing": True},
    {"effect": "urinary-frequency", "severity": 2, "ongoing": True},
    {"effect": "nocturia", "severity": 1, "ongoing": True},
]
#: days before today → the effects that are reported between treatments
BETWEEN: Mapping[str | None, Mapping[int, list[dict[str, Any]]]] = {
    "bladder": {10: BLADDER, 2: BLADDER},
    "blood": {2: [{"effect": "blood-in-urine", "severity": 1, "ongoing": False}]},
    "racing": {1: [{"effect": "elevated-mood", "severity": 2, "ongoing": True}]},
    "spending": {1: [{"effect": one, "severity": 2, "ongoing": True} for one in ("risky-spending", "racing-thoughts")]},
    "nights": {2: [{"effect": "nocturia", "severity": 2, "ongoing": True}]},
    "dark-urine": {2: [{"effect": one, "severity": 2} for one in ("dark-urine", "upper-abdominal-pain")]},
    "pregnant": {3: [{"effect": "pregnancy", "severity": 1}]},
    "took-more": {4: [{"effect": "took-more", "severity": 1}]},
    "new-drug": {3: [{"effect": "new-drug", "severity": 1}]},
    "yellow": {2: [{"effect": "jaundice", "severity": 1}]},
}


def _felt(hours: float, severity: int, *effects: str, **reading: int) -> tuple[float, dict[str, Any]]:
    return hours, {"effects": [{"effect": one, "severity": severity, "ongoing": True} for one in effects], **reading}


#: hours after the last treatment, and what the report of it says
AFTER_THE_LAST: Mapping[str | None, Sequence[tuple[float, dict[str, Any]]]] = {
    "detached": [_felt(11, 3, "dissociation")],
    "drove": [(7, {"effects": [{"effect": "drove", "severity": 1}]})],
    "chest": [_felt(2, 2, "chest-pain")],
    "pressure": [_felt(6, 2, "palpitations", systolic=182, diastolic=110, pulse=104)],
    "breathless": [_felt(2, 2, "breathless")],
    "fainted": [_felt(3, 1, "fainting")],
    "fit": [_felt(3, 1, "seizure")],
    "headache": [_felt(9, 3, "headache", "double-vision")],
    "crisis": [_felt(3, 3, "headache", systolic=192, diastolic=121)],
    "high-after-dose": [_felt(hours, 1, "dizziness", systolic=186, diastolic=112) for hours in (2.5, 3)],
    "high": [_felt(hours, 1, "headache", systolic=184, diastolic=108) for hours in (30, 30.5)],
    "afraid": [_felt(9, 2, "dissociation", "panic")],
    "pounding": [_felt(9, 3, "palpitations")],
    "sick": [_felt(14, 2, "vomiting")],
}


def certain(person: Someone, today: date) -> dict[date, dict[str, Any]]:
    """The check-ins that this patient's trouble needs."""
    days = CHECK_INS.get(person.trouble, {}) if person.trouble else {}
    return {today - timedelta(days=ago): says for ago, says in days.items()}


def reported(person: Someone, pen: Pen, sessions: Sequence[Session], today: date) -> None:
    """The effects reports that it needs."""
    given = [session for session in sessions if session.given]
    for ago, effects in BETWEEN.get(person.trouble, {}).items():
        at = pen.at(today - timedelta(days=ago), 21.2, 0.3)
        pen.writes("effects", {"window": "long-term", "effects": effects}, at, online=True)
    for hours, says in AFTER_THE_LAST.get(person.trouble, ()) if given else ():
        at = given[-1].at + timedelta(hours=hours)
        body = {"treatment": given[-1].version.record, "window": window(given[-1].at, at), **says}
        pen.writes("effects", body, at, online=True)
    if person.trouble == "called":
        pen.writes("call", {"asked": True}, pen.at(today - timedelta(days=2), 10, 0.3), online=True)
    if person.trouble == "double-dose" and given:
        _takes_twice_as_much(pen, given[-1])


def _takes_twice_as_much(pen: Pen, session: Session) -> None:
    at = session.at + timedelta(hours=2)
    body = {"at": at.isoformat(), "route": session.body["route"], "mg": 2 * session.body["dose"], "someone": False}
    body |= {"treatment": session.version.record, "ok_at": (at + timedelta(minutes=50)).isoformat()}
    pen.writes("home-dose", body, at + timedelta(minutes=55), felt_at=at, online=True)
