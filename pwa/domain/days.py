"""Civil days, and the stretches after a treatment. A civil day is a date and never a moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: until then it is still last night for a person awake
DAY_STARTS = time(3)
#: After-mode ends at the next morning. Before six a phone that lights up at night should still be dim; by six whoever
#: gets up early has slept, which is what driving waits for as well.
MORNING = time(6)

#: Hours since the treatment at which each window ends. The catalogue's: acute 0 to 4 h, next day 4 to 36 h. Our own:
#: then those around 72 hours and 7 days; "later" ends after four weeks, the rhythm of what adds up.
UNTIL = (("acute", 4), ("next-day", 36), ("three-days", 108), ("week", 204), ("later", 28 * 24))
#: hours since the treatment from which Today asks about a window; about the first as soon as its effect has worn off
ASKED_FROM = {"next-day": 16, "three-days": 60, "week": 156}
#: in maintenance Today asks for a check-in so many days after the last one, and so many days before and after a session
WEEKLY, BEFORE, AFTER = 7, 1, 3


def day_of(moment: datetime, zone: str) -> date:
    """The civil day that a form opened at this moment offers: at 01:00 it is the one of the night before."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return local.date() if local.time() >= DAY_STARTS else local.date() - timedelta(days=1)


def week_of(day: date) -> int:
    """The week, Monday to Sunday, counted from the year 1, so that weeks can be compared and subtracted."""
    return (day.toordinal() - 1) // 7


def monday_of(week: int) -> date:
    """The first day of a week that is counted so."""
    return date.fromordinal(week * 7 + 1)


def window(treated_at: datetime, moment: datetime) -> str | None:
    """The window that this lies in, counted in true hours; None before the treatment. Both moments are aware."""
    hours = (moment - treated_at) / timedelta(hours=1)
    if hours < 0:
        return None
    return next((name for name, until in UNTIL if hours < until), "long-term")


def after_mode_until(end: datetime, zone: str) -> datetime:
    """The morning after a treatment that ended at this moment: six o'clock where the patient is, aware."""
    return at_wall(day_of(end, zone) + timedelta(days=1), MORNING, zone)


def at_wall(day: date, clock: time, zone: str) -> datetime:
    """The moment when a wall clock there shows this; where the clock jumps over it, just as far past the jump."""
    there = ZoneInfo(zone)
    utc = ZoneInfo("UTC")
    return datetime.combine(day, clock, there).astimezone(utc).astimezone(there)
