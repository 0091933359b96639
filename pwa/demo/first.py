"""patient@demo.test: on the third day of an induction at which the product's pictures show her."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from pwa.demo.pen import Pen
from pwa.demo.treatments import Session
from pwa.demo.words import words
from pwa.domain.effects import first_ten

#: days before today: mood, anxiety, energy, sleep in hours
DAYS = {
    10: (3, 7, 2, 5.0),
    9: (3, 7, 3, 5.5),
    8: (4, 6, 3, 6.0),
    7: (4, 6, 4, 6.0),
    6: (4, 7, 3, 5.5),
    5: (4, 6, 4, 6.5),
    4: (5, 5, 4, 6.5),
    2: (5, 5, 5, 7.0),
    1: (6, 5, 5, 6.5),
}
#: after each treatment: in the first hours, and the next day what was left of it; after the last that is still to come
EFFECTS: tuple[tuple[dict[str, int], dict[str, int]], ...] = (
    ({"dissociation": 2, "dizziness": 2, "nausea": 1, "drowsiness": 2}, {"drowsiness": 1}),
    ({"dissociation": 2, "dizziness": 1, "drowsiness": 2, "headache": 1}, {"headache": 1}),
    ({"dissociation": 3, "dizziness": 2, "drowsiness": 2, "light-sensitivity": 2}, {}),
)
#: days before today, hour, who may read it, after which treatment (counted from 0), prompt, text
JOURNAL: tuple[tuple[int, float, str, int | None, str | None, str], ...] = (
    (
        6,
        20.3,
        "therapist",
        None,
        "small-thing",
        "Walk to the water once, without the phone. I did not, but I stood at the window for a while.",
    ),
    (5, 19.1, "me", None, None, "Want to ask about the part where I could not find my hands. It was odd, not bad."),
    (2, 8.7, "therapist", None, None, "Slept through. Made eggs. Noticed I was humming while the water boiled."),
    (
        1,
        17.4,
        "me",
        2,
        "body",
        "Home. Tired in a soft way. The room still felt far off for an hour, then it came closer.",
    ),
    (
        1,
        21.9,
        "therapist",
        2,
        "stayed",
        "The garden in my grandmother’s yard came back. I could see the blue gate. "
        "I was not sad about it, which surprised me.",
    ),
)

#: days before today on which she wrote her safety plan
PLAN = 6


def first(pen: Pen, sessions: Sequence[Session], today: date) -> None:
    for ago, (mood, anxiety, energy, sleep) in DAYS.items():
        body = {"mood": mood, "anxiety": anxiety, "energy": energy, "sleep": sleep, "thoughts": "no"}
        at = pen.at(today - timedelta(days=ago), 20.1 if ago in (8, 4, 1) else 7.7, 0.2)
        pen.writes("check-in", body, at, online=True)
    for session, (evening, next_day) in zip(sessions, EFFECTS, strict=False):
        _reports(pen, session, 3.5, "acute", evening)
        if next_day:
            _reports(pen, session, 20, "next-day", next_day)
    for ago, hour, audience, after, prompt, text in JOURNAL:
        entry: dict[str, Any] = {"text": text, "audience": audience}
        entry |= {"prompt": prompt} if prompt else {}
        entry |= {"treatment": sessions[after].version.record} if after is not None else {}
        pen.writes("journal", entry, pen.at(today - timedelta(days=ago), hour), online=True)
    plan = {**words("en")["plan"], "audience": "care-team"}
    pen.writes("safety-plan", plan, pen.at(today - timedelta(days=PLAN), 18.5), online=True)


def _reports(pen: Pen, session: Session, hours: float, window: str, levels: dict[str, int]) -> None:
    ongoing = {"ongoing": True} if window == "next-day" else {}
    says: list[dict[str, Any]] = [{"effect": effect, "severity": level, **ongoing} for effect, level in levels.items()]
    says += [{"effect": effect.id, "severity": 0} for effect in first_ten("iv") if effect.id not in levels]
    body = {"treatment": session.version.record, "window": window, "effects": says}
    pen.writes("effects", body, session.at + timedelta(hours=hours), online=True)
