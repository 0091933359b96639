"""What a version says, as far as a rule reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pwa.domain.checkin import THOUGHTS
from pwa.domain.safety.facts import Call, CheckIn, Entry, Had, Report

ANSWERS = {answer for answer, _ in THOUGHTS}


def entry_of(
    kind: str, record: str, version: str, day: date, felt_at: datetime, body: Mapping[str, Any]
) -> Entry | None:
    """`body`: judged good, in the newest schema. None for a kind that no rule reads."""
    if kind == "check-in":
        answers = {name: body.get(name) for name in ("mood", "energy", "sleep", "thoughts")}
        return CheckIn(record, version, day, felt_at, **answers)
    if kind == "effects":
        effects = {
            one["effect"]: Had(one["severity"], one.get("ongoing"), one.get("lasted")) for one in body["effects"]
        }
        about = {name: body.get(name) for name in ("treatment", "window", "systolic", "diastolic", "pulse")}
        return Report(record, version, day, felt_at, effects, **about)
    return Call(record, version, felt_at) if kind == "call" and body["asked"] else None


def heard(kind: str | None, record: str, version: str, felt_at: datetime, body: Any) -> Entry | None:
    """What must be heard also of a version that is parked for something else: better told twice than not at all."""
    if kind == "call":
        return Call(record, version, felt_at)
    answer = body.get("thoughts") if kind == "check-in" and isinstance(body, dict) else None
    if not isinstance(answer, str) or answer not in ANSWERS:
        return None
    return CheckIn(record, version, felt_at.date(), felt_at, thoughts=answer)
