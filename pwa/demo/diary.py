"""What one patient writes day by day: check-ins, effects reports, a journal, with gaps and second thoughts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pwa.demo.feelings import Feeling, Feelings
from pwa.demo.pen import Pen, Written
from pwa.demo.people import Someone
from pwa.demo.symptoms import Symptoms, own
from pwa.demo.thoughts import Thoughts
from pwa.demo.treatments import Session
from pwa.demo.words import words
from pwa.domain.days import window

#: effects, and how strong
Levels = Mapping[str, int]
#: days from the first treatment in which people write most
EAGER = 21


@dataclass
class Habits:
    """How this patient uses the app."""

    #: chance of a check-in on a day of the first weeks, and afterwards
    daily: float
    rarely: float
    #: chance that a treatment is followed by an evening's report, and by one the next day
    evening: float
    next_day: float
    #: chance of a journal entry after a treatment, and on another day
    journal: float
    #: who may usually read it
    audiences: tuple[str, ...]
    has_cuff: bool


class Diary:
    def __init__(
        self, person: Someone, pen: Pen, sessions: Sequence[Session], today: date, brought: Callable[[Session], Levels]
    ) -> None:
        """`brought`: effects that a treatment brings besides those that this patient is prone to."""
        self.person, self.pen, self.chance, self.today, self.brought = person, pen, pen.chance, today, brought
        self.sessions = {session.at.date(): session for session in sessions if session.given}
        self.feelings = Feelings(pen.chance, tuple(self.sessions))
        self.symptoms = Symptoms(pen.chance, person.route)
        self.thoughts = Thoughts(person)
        self.habits = _habits(person, pen)
        self.away = self._away()
        self.deck = _deck(person, pen)
        last = max(self.sessions, default=person.began)
        #: whoever stops coming soon stops writing
        self.until = today if any(not session.given for session in sessions) else last + timedelta(days=30)
        if person.trouble == "silent":
            self.until = person.began

    def write(self, certain: Mapping[date, dict[str, Any]]) -> None:
        """Every day until yesterday. `certain`: days on which there is a check-in, and what it says."""
        for ahead in range(-2, (self.today - self.person.began).days):
            day = self.person.began + timedelta(days=ahead)
            feeling = self.feelings.of(day)
            if day in certain:
                self._checks_in(day, feeling, certain[day])
            elif day not in self.away and day <= self.until:
                self._day(day, feeling, ahead)

    def _day(self, day: date, feeling: Feeling, ahead: int) -> None:
        habit, yesterday = self.habits, day - timedelta(days=1)
        chance = habit.daily if ahead < EAGER else habit.rarely
        if self.chance.random() < chance + (0.15 if yesterday in self.sessions else 0):
            self._checks_in(day, feeling, {})
        if day in self.sessions:
            self._after(self.sessions[day], feeling)
        elif self.chance.random() < habit.journal / 8:
            self._journals(self.pen.at(day, 18, 4), feeling, None)

    def _checks_in(self, day: date, feeling: Feeling, says: dict[str, Any]) -> None:
        late = not says and self.chance.random() < 0.05
        morning = day not in self.sessions and self.chance.random() < 0.6
        felt = self.pen.at(day, 7.6 if morning else 20.8, 0.9)
        written = self.pen.at(day + timedelta(days=self.chance.randint(1, 2)), 9, 1) if late else felt
        body = self._answers(feeling, None if late else day) | says
        version = self.pen.writes("check-in", body, written, day=day, felt_at=felt, online=bool(says))
        if not says and self.chance.random() < 0.02:
            self._corrects(body, version, written, day, felt)
        if not says and morning and self.chance.random() < 0.06:
            evening = {"mood": min(10, feeling.mood + self.chance.choice((0, 1, 1))), "anxiety": feeling.anxiety}
            self.pen.writes("check-in", evening, self.pen.at(day, 21, 0.8), day=day)

    def _answers(self, feeling: Feeling, day: date | None) -> dict[str, Any]:
        """`day`: None on a later one, when nobody is asked about thoughts."""
        likely = self.chance.random
        body: dict[str, Any] = {"mood": feeling.mood}
        if likely() < 0.95:
            body["anxiety"] = feeling.anxiety
        if likely() < 0.8:
            body["energy"] = feeling.energy
        if likely() < 0.8:
            body["sleep"] = feeling.sleep
        if day and likely() < 0.9:
            body["thoughts"] = self.thoughts.answer(likely(), feeling.mood, (day - self.person.began).days)
        if likely() < 0.06:
            body["note"] = self.chance.choice(words(self.person.language)["notes"])
        return body

    def _corrects(self, body: dict[str, Any], first: Written, written: datetime, day: date, felt: datetime) -> None:
        """Another value a little later; now and then from two phones at once, so that both stand."""
        for _ in range(2 if self.chance.random() < 0.15 else 1):
            changed = {**body, "mood": min(10, max(0, body["mood"] + self.chance.choice((-1, 1))))}
            later = written + timedelta(minutes=self.chance.randint(3, 90))
            self.pen.writes("check-in", changed, later, day=day, felt_at=felt, over=[first])

    def _after(self, session: Session, feeling: Feeling) -> None:
        had, brought = self.symptoms.after(session.index), self.brought(session)
        lingering = self.symptoms.lingering(had)
        evening = self.chance.random() < self.habits.evening
        if evening:
            at = session.at + timedelta(minutes=session.body["minutes"] + self.chance.randint(30, 240))
            self._reports(session, at, _besides(self.symptoms.report(had), brought))
        if self.chance.random() < self.habits.next_day:
            at = session.at + timedelta(hours=self.chance.uniform(17, 26))
            says = self.symptoms.report(lingering, lingering) if evening else self.symptoms.report(had, lingering)
            self._reports(session, at, says if evening else _besides(says, brought))
        if self.chance.random() < self.habits.journal:
            at = session.at + timedelta(hours=self.chance.uniform(3, 8))
            self._journals(at, feeling, session)

    def _reports(self, session: Session, at: datetime, says: list[dict[str, Any]]) -> None:
        if says:
            says = says + own(self.person.n, session.index, self.person.language)
        body: dict[str, Any] = {"treatment": session.version.record, "window": window(session.at, at), "effects": says}
        if self.chance.random() < 0.04:
            body |= {"other": self.chance.choice(words(self.person.language)["other"]), "other_severity": 1}
        if self.habits.has_cuff:
            top = round(self.chance.gauss(126, 10))
            body |= {"systolic": top, "diastolic": round(top * 0.63), "pulse": round(self.chance.gauss(76, 9))}
        if says or len(body) > 3:
            self.pen.writes("effects", body, at)

    def _journals(self, at: datetime, feeling: Feeling, session: Session | None) -> None:
        when = "after" if session else "between"
        mood = "low" if feeling.mood <= 3 else "even" if feeling.mood <= 6 else "good"
        fitting = next((entry for entry in self.deck if entry["when"] == when and entry["feeling"] == mood), None)
        if fitting is None:
            return
        self.deck.remove(fitting)
        body = {"text": fitting["text"], "audience": self.chance.choice(self.habits.audiences)}
        body |= {"prompt": fitting["prompt"]} if "prompt" in fitting else {}
        body |= {"treatment": session.version.record} if session else {}
        self._thinks_again(body, self.pen.writes("journal", body, at), at)

    def _thinks_again(self, body: dict[str, Any], first: Written, at: datetime) -> None:
        """Adds a line, takes it back from its readers, or withdraws it; mostly none of these."""
        luck = self.chance.random()
        later = at + timedelta(hours=self.chance.uniform(1, 60))
        if luck < 0.08:
            line = self.chance.choice(words(self.person.language)["afterthoughts"])
            self.pen.writes("journal", {**body, "text": f"{body['text']}\n\n{line}"}, later, over=[first])
        elif luck < 0.12 and body["audience"] != "me":
            self.pen.writes("journal", {**body, "audience": "me"}, later, over=[first])
        elif luck < 0.14:
            self.pen.writes("journal", None, later, over=[first])

    def _away(self) -> set[date]:
        """Stretches without an entry: a holiday, a hard week, no wish to write."""
        days: set[date] = set()
        known = (self.today - self.person.began).days
        for _ in range(known // 60 + (self.chance.random() < 0.3)):
            start = self.person.began + timedelta(days=self.chance.randint(6, known + 6))
            days |= {start + timedelta(days=n) for n in range(self.chance.randint(4, 14))}
        return days


def _besides(says: list[dict[str, Any]], brought: Levels) -> list[dict[str, Any]]:
    """With what the treatment brought, where it is not said already to have been felt."""
    felt = {one["effect"] for one in says if one["severity"]}
    more = [{"effect": effect, "severity": level} for effect, level in brought.items() if effect not in felt]
    return [one for one in says if one["severity"] or one["effect"] not in brought] + more


def _habits(person: Someone, pen: Pen) -> Habits:
    chance, daily = pen.chance, pen.chance.uniform(0.5, 0.97)
    private, shared = ("me",), ("therapist",) if person.therapist is not None else ("care-team",)
    return Habits(
        daily=daily,
        rarely=daily * chance.uniform(0.25, 0.7),
        evening=chance.uniform(0.1, 0.5),
        next_day=chance.uniform(0.75, 0.98),
        journal=chance.choice((0, 0.15, 0.3, 0.6)),
        audiences=chance.choice((private, private + shared, private + shared + shared, (*shared, "care-team"))),
        has_cuff=chance.random() < 0.15,
    )


def _deck(person: Someone, pen: Pen) -> list[dict[str, str]]:
    entries = [
        entry for entry in words(person.language)["entries"] if entry.get("by", person.pronoun) == person.pronoun
    ]
    pen.chance.shuffle(entries)
    return entries
