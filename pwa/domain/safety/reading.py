"""What a version says, as far as a rule reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pwa.domain.checkin import THOUGHTS
from pwa.domain.safety.pressure import EMERGENCY
from pwa.domain.safety.said import Call, CheckIn, Entry, Had, HomeDose, Report

#: blood pressure is highest some 40 minutes after a dose (label of nasal esketamine)
PEAK, APART = timedelta(minutes=40), timedelta(minutes=10)
ANSWERS = {answer for answer, _ in THOUGHTS}


def spoken_at(felt_at: datetime, written_at: datetime, received_at: datetime, stands_on: Sequence[str]) -> datetime:
    """The moment that a report of effects speaks of. An update says how it is by then: when it was written, as far as
    the phone's clock can be right, which is after what it stands on and before it came."""
    return max(felt_at, min(written_at, received_at)) if stands_on else felt_at


def entry_of(
    kind: str,
    record: str,
    version: str,
    day: date,
    felt_at: datetime,
    body: Mapping[str, Any],
    stands_on: Sequence[str] = (),
) -> Entry | None:
    """`body`: judged good, in the newest schema. None for a kind that no rule reads. `stands_on`: what it updates."""
    if kind == "check-in":
        answers = {name: body.get(name) for name in ("mood", "energy", "sleep", "thoughts")}
        return CheckIn(record, version, day, felt_at, **answers, stands_on=stands_on)
    if kind == "effects":
        effects = {
            one["effect"]: Had(one["severity"], one.get("ongoing"), one.get("lasted")) for one in body["effects"]
        }
        about: dict[str, Any] = {
            name: body.get(name) for name in ("treatment", "window", "systolic", "diastolic", "pulse")
        }
        return Report(record, version, day, felt_at, effects, **about, stands_on=stands_on)
    if kind == "home-dose":
        ok_at = datetime.fromisoformat(body["ok_at"]) if body.get("ok_at") else None
        at, plan = datetime.fromisoformat(body["at"]), body.get("treatment")
        return HomeDose(record, version, at, body["mg"], ok_at, plan, stands_on=stands_on)
    return Call(record, version, felt_at, stands_on) if kind == "call" and body["asked"] else None


def readings_of(
    record: str,
    version: str,
    day: date,
    at: datetime,
    minutes: int,
    observed: Mapping[str, Any] | None,
    stands_on: Sequence[str] = (),
) -> list[Report]:
    """What a nurse measured at a treatment, in its order. Moments are not written down: they are near enough."""
    said = observed or {}
    left = max(timedelta(minutes=said.get("minutes") or minutes), PEAK + APART)
    found = []
    for part, moment in (("before", at - APART), ("peak", at + PEAK), ("leaving", at + left)):
        numbers: dict[str, Any] = {name: said.get(f"{part}_{name}") for name in ("systolic", "diastolic", "pulse")}
        if any(numbers.values()):
            about: dict[str, Any] = {"treatment": record, "at_clinic": True, "stands_on": stands_on}
            about["at_peak"] = part == "peak"
            found.append(Report(record, version, day, moment, **about, **numbers))
    return found


def heard(kind: str | None, record: str, version: str, felt_at: datetime, body: Any) -> Entry | None:
    """What must be heard also of a version that is parked for something else: better told twice than not at all."""
    if kind == "call":
        return Call(record, version, felt_at)
    if kind == "effects" and isinstance(body, dict):
        effects = _emergencies(body.get("effects"))
        return Report(record, version, felt_at.date(), felt_at, effects) if effects else None
    answer = body.get("thoughts") if kind == "check-in" and isinstance(body, dict) else None
    if not isinstance(answer, str) or answer not in ANSWERS:
        return None
    return CheckIn(record, version, felt_at.date(), felt_at, thoughts=answer)


def _emergencies(said: Any) -> Mapping[str, Had]:
    """Named, unless the report says that there was none. A severity that cannot be read is no reason for silence."""
    listed = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    return {
        effect: Had(one["severity"] if one.get("severity") in (1, 2, 3) else 1)
        for one in listed
        for effect in EMERGENCY
        if one.get("effect") == effect and one.get("severity") != 0
    }
