"""What a patient writes besides the diary: doses taken at home, and answers to the checks that fall due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pwa.demo.pen import Pen
from pwa.demo.people import Someone
from pwa.demo.treatments import INDUCTION, Session
from pwa.domain.checks import CHECKS, Check, is_due
from pwa.domain.treatment import in_mg

#: share of doses that are written down, with somebody there, and followed by "I am OK"
WRITTEN, WITH_SOMEONE, SAYS_OK = 0.9, 0.92, 0.93
#: share of due checks that are answered in a week, and of answers with something mild
ANSWERS, MILD = 0.75, 0.06
#: what may be mild without being a danger
HARMLESS = frozenset({"memory", "concentration", "word-finding", "brain-fog"})


@dataclass(frozen=True)
class Dose:
    at: datetime
    mg: float | None


def doses(person: Someone, pen: Pen, sessions: Sequence[Session]) -> None:
    """A dose is written down as it is taken; "I am OK" comes some hours later, over it."""
    never_ok = person.trouble == "no-ok"
    for session in sessions:
        if not session.given or session.body["place"] != "home":
            continue
        if pen.chance.random() > WRITTEN and not never_ok:
            continue
        body = {
            "at": session.at.isoformat(),
            "route": session.body["route"],
            "mg": session.body["dose"],
            "someone": pen.chance.random() < WITH_SOMEONE,
            "treatment": session.version.record,
        }
        taken = pen.writes("home-dose", body, session.at + timedelta(minutes=2), felt_at=session.at)
        if pen.chance.random() < SAYS_OK and not never_ok:
            ok = session.at + timedelta(minutes=session.body["minutes"] + pen.chance.randint(5, 90))
            pen.writes("home-dose", {**body, "ok_at": ok.isoformat()}, ok, felt_at=session.at, over=[taken])


def checks(person: Someone, pen: Pen, sessions: Sequence[Session], today: date) -> None:
    """Once a week what is due, mostly; before the first treatment always."""
    given = [session for session in sessions if session.given]
    taken = [Dose(session.at, _mg(session)) for session in given]
    answered: dict[str, datetime] = {}
    last = given[-1].at.date() if given else person.began
    day = person.began - timedelta(days=3)
    while day < min(today, last + timedelta(days=30)):
        at = pen.at(day, 19, 1.5)
        done = [dose for dose in taken if dose.at <= at]
        phase = "maintenance" if len(done) >= INDUCTION else "induction"
        due = [check for check in CHECKS if is_due(check, done, answered.get(check.id), phase, at)]
        if due and (not done or pen.chance.random() < ANSWERS):
            pen.writes("effects", _answer(person, pen, due), at)
            answered |= dict.fromkeys((check.id for check in due), at)
        day += timedelta(days=7)


def _answer(person: Someone, pen: Pen, due: Sequence[Check]) -> dict[str, Any]:
    said = [_said(pen, effect) for effect in dict.fromkeys(effect for check in due for effect in check.effects)]
    if person.trouble == "urge":
        said = [{**one, "severity": 3, "ongoing": True} if one["effect"] == "craving" else one for one in said]
    body: dict[str, Any] = {"window": "long-term", "checks": [check.id for check in due], "effects": said}
    if any(one["severity"] for one in said):
        body["can_wait"] = True
    if any(check.asks_pressure for check in due):
        top = round(pen.chance.gauss(123, 8))
        body |= {"systolic": top, "diastolic": round(top * 0.63), "pulse": round(pen.chance.gauss(73, 7))}
    return body


def _said(pen: Pen, effect: str) -> dict[str, Any]:
    mild = effect in HARMLESS and pen.chance.random() < MILD
    return {"effect": effect, "severity": int(mild)} | ({"ongoing": True} if mild else {})


def _mg(session: Session) -> float | None:
    return in_mg(session.body["dose"], session.body["unit"], session.body.get("weight"))
