"""When somebody is reminded to write how they are. No reminder comes before a treatment, so none asks for a dose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from pwa.domain.days import at_wall
from pwa.domain.words import N_

WAYS = (("push", N_("On this phone")), ("mail", N_("By mail")), ("off", N_("Not at all")))
#: nothing comes from nine in the evening until eight in the morning, by the clock where the patient is
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
#: the hours that a patient may choose for a daily one
HOURS = tuple(f"{hour:02d}:00" for hour in range(QUIET_UNTIL.hour, QUIET_FROM.hour))
#: of a treatment day; later if the treatment was, and never for one that began after LAST_EVENING less AFTER
EVENING, LAST_EVENING, AFTER = time(18), time(20, 30), timedelta(hours=2)
NEXT_DAY, THIRD_DAY = timedelta(hours=20), timedelta(hours=72)
CHECKS = time(10)
#: so long before the clinic is told that no "I am OK" came after a dose at home
BEFORE_TOLD = timedelta(hours=1)
#: so long a check waits for a day that has no other reminder; then it takes the place of what would come
WAITS = timedelta(days=3)
#: one that could not go out for so long is let go: it would speak of another moment
LATEST = timedelta(hours=3)
#: reminders in a row after which nothing came from the patient, and then none comes until something does
IGNORED = 2
#: on a day that has several, only the first of these comes
IN_ORDER = ("ok", "evening", "next-day", "third-day", "check", "daily")


class Treatment(Protocol):
    @property
    def status(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def ok_by(self) -> datetime | None:
        """When the clinic is told that no "I am OK" came; None: it came, or none is waited for."""


@dataclass(frozen=True)
class Choice:
    """What a patient wants; as it stands before anything was chosen."""

    way: str = "push"
    #: after treatments
    sessions: bool = True
    #: when a check falls due
    checks: bool = True
    #: at this hour every day
    daily: time | None = None


@dataclass(frozen=True)
class Reminder:
    #: one of IN_ORDER
    kind: str
    #: the civil day on which it comes, where the patient is
    day: date
    at: datetime


def due(
    choice: Choice,
    treatments: Iterable[Treatment],
    checks: Iterable[date],
    zone: str,
    after: datetime,
    until: datetime,
) -> list[Reminder]:
    """What falls due after one moment and until another, at most one a day. `checks`: days on which one falls due."""
    if choice.way == "off":
        return []
    asked = _asked(choice, treatments, checks, zone)
    day, last = _local(after, zone).date(), _local(until, zone).date()
    found = []
    while day <= last:
        of_day = asked.get(day) or _daily(choice, day, zone)
        if of_day and after < of_day.at <= until:
            found.append(of_day)
        day += timedelta(days=1)
    return found


def is_wanted(choice: Choice, kind: str) -> bool:
    """`kind`: one of IN_ORDER."""
    wanted = {"check": choice.checks, "daily": choice.daily is not None}
    return choice.way != "off" and wanted.get(kind, choice.sessions)


def is_quiet(moment: datetime, zone: str) -> bool:
    return not QUIET_UNTIL <= _local(moment, zone).time() < QUIET_FROM


def is_answered(kind: str, at: datetime, last_word: datetime | None) -> bool:
    """Whether something came from the patient since it fell due. Only "I am OK" answers one that asks for it."""
    return kind != "ok" and last_word is not None and last_word > at


def is_ignored(sent: Sequence[datetime], last_word: datetime | None) -> bool:
    """Whether nothing came from the patient after the last ones. `sent`: when they went out, the newest last."""
    return len(sent) >= IGNORED and (last_word is None or last_word <= sent[-IGNORED])


def _asked(choice: Choice, treatments: Iterable[Treatment], checks: Iterable[date], zone: str) -> dict[date, Reminder]:
    """By day, all but the daily one. A check gives way to what is asked after a treatment, but not for ever: whoever
    takes a dose each day has no free day."""
    found: list[Reminder] = []
    for treatment in treatments if choice.sessions else ():
        if _counts(treatment):
            found += _after(treatment, zone)
    # what is written last stands: the first of IN_ORDER, and of several such the earliest
    asked = {
        each.day: each for each in sorted(found, key=lambda each: (IN_ORDER.index(each.kind), each.at), reverse=True)
    }
    for day in sorted(set(checks)) if choice.checks else ():
        days = (day + timedelta(days=n) for n in range(WAITS.days))
        place = next((one for one in days if one not in asked), day + WAITS)
        asked[place] = Reminder("check", place, at_wall(place, CHECKS, zone))
    return asked


def _counts(treatment: Treatment) -> bool:
    """A dose at home is asked about once it was taken: before that a question would sound like a reminder of it."""
    return treatment.status == "given" or (treatment.status == "planned" and treatment.place != "home")


def _after(treatment: Treatment, zone: str) -> list[Reminder]:
    at = treatment.at
    day = _local(at, zone).date()
    evening, last = max(at_wall(day, EVENING, zone), at + AFTER), at_wall(day, LAST_EVENING, zone)
    moments = [("next-day", _awake(at + NEXT_DAY, zone)), ("third-day", _awake(at + THIRD_DAY, zone))]
    if evening <= last:
        moments.append(("evening", evening))
    if treatment.ok_by:
        ok = min(treatment.ok_by - BEFORE_TOLD, last)  # the night would be too late: the clinic is told meanwhile
        moments += [("ok", ok)] if ok - at >= AFTER and not is_quiet(ok, zone) else []
    return [Reminder(kind, _local(moment, zone).date(), moment) for kind, moment in moments]


def _awake(moment: datetime, zone: str) -> datetime:
    """The same, or the next end of the quiet hours."""
    if not is_quiet(moment, zone):
        return moment
    local = _local(moment, zone)
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return at_wall(day, QUIET_UNTIL, zone)


def _daily(choice: Choice, day: date, zone: str) -> Reminder | None:
    return Reminder("daily", day, at_wall(day, choice.daily, zone)) if choice.daily else None


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))
