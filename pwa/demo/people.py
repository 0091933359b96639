"""Who is in the demo clinic. Every name, number and address is made up (the phones are of the range kept for films)."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pwa.demo.words import words

ZONE = "America/Toronto"
Trouble = Literal[
    "often",
    "now-and-then",
    "bladder",
    "blood",
    "sinking",
    "detached",
    "pressure",
    "chest",
    "silent",
    "sleepless",
    "racing",
    "spending",
    "urge",
    "nights",
    "dark-urine",
    "pregnant",
    "took-more",
    "double-dose",
    "drove",
    "new-drug",
    "no-ok",
    "breathless",
    "fainted",
    "fit",
    "headache",
    "crisis",
    "high-after-dose",
    "high",
    "afraid",
    "called",
    "pounding",
    "sick",
    "yellow",
]

#: role, address, name, language
STAFF = (
    ("clinician", "clinician@demo.test", "Dr. Nadia Fournier", "en"),
    ("therapist", "therapist@demo.test", "Sam Whitfield", "en"),
    ("manager", "manager@demo.test", "Jo Marchetti", "en"),
    ("front-desk", "desk@demo.test", "Alex Tran", "en"),
    ("clinician", "owen.lindqvist@clinic.test", "Dr. Owen Lindqvist", "en"),
    ("therapist", "claire.beaulieu@clinic.test", "Claire Beaulieu", "fr"),
)
#: the same of who was invited so many days ago and has not come in
INVITED = (
    ("front-desk", "robin.caron@clinic.test", "Robin Caron", "en", 1),
    ("therapist", "hugo.tessier@clinic.test", "Hugo Tessier", "fr", 9),
)
PATIENT = "patient@demo.test"
PASSWORD = "low tide at the harbour"  # noqa: S105 (printed, and only ever for a demo)
#: the one domain in which somebody can sign in
OPEN = "@demo.test"
#: of twenty patients: seven IV, four IM, four nasal, three under the tongue, two by mouth
ROUTES = (
    *("iv", "im", "nasal", "iv", "sublingual", "iv", "oral", "im", "iv", "nasal"),
    *("iv", "sublingual", "im", "iv", "nasal", "oral", "iv", "im", "sublingual", "nasal"),
)
#: of every forty patients these have something that a person at the clinic should look at: what, by which route
TROUBLES: dict[int, tuple[Trouble, str]] = {
    4: ("often", "iv"),
    9: ("bladder", "oral"),
    13: ("sinking", "sublingual"),
    17: ("now-and-then", "im"),
    21: ("detached", "nasal"),
    25: ("pressure", "im"),
    29: ("silent", "iv"),
    31: ("blood", "sublingual"),
    33: ("sleepless", "nasal"),
    35: ("chest", "im"),
    34: ("spending", "nasal"),
    37: ("racing", "iv"),
    39: ("urge", "sublingual"),
    2: ("nights", "iv"),
    6: ("dark-urine", "sublingual"),
    11: ("took-more", "sublingual"),
    15: ("double-dose", "oral"),
    19: ("drove", "nasal"),
    23: ("pregnant", "im"),
    27: ("new-drug", "iv"),
    38: ("no-ok", "sublingual"),
}
AREAS = ("416", "647", "437", "514", "438", "613", "819", "705")


@dataclass(frozen=True)
class Someone:
    """A patient as they walk in: everything else follows from this, the seed and the day."""

    n: int
    name: str
    pronoun: Literal["she", "he"]
    language: str
    code: str
    birth: date
    phone: str
    message: bool
    route: str
    #: first day of treatment
    began: date
    #: which of the two clinicians, and of the two therapists (None: no therapist)
    clinician: int
    therapist: int | None
    trouble: Trouble | None

    @property
    def email(self) -> str:
        return f"{self.code.lower()}@mail.test" if self.n else PATIENT

    @property
    def admitted(self) -> date:
        return self.began - timedelta(days=7)


def someone(n: int, seed: int, today: date, days: int) -> Someone:
    """The nth patient of a clinic that opened so many days ago. Who comes later changes nothing in those before."""
    if n == 0:
        return _first(today)
    chance = random.Random(f"{seed} somebody {n}")  # noqa: S311 (nothing secret)
    trouble, route = TROUBLES.get(n % 40, (None, ROUTES[n % len(ROUTES)]))
    language = "fr" if chance.random() < 0.3 else "en"
    pronoun: Literal["she", "he"] = "she" if chance.random() < 0.58 or trouble == "pregnant" else "he"
    names = words(language)
    return Someone(
        n=n,
        name=f"{chance.choice(names[pronoun])} {chance.choice(names['family'])}",
        pronoun=pronoun,
        language=language,
        code="KT-1001" if n == 41 else f"KT-{1001 + n}",
        birth=date(1958, 1, 1) + timedelta(days=chance.randrange(47 * 365)),
        phone=f"+1{chance.choice(AREAS)}55501{chance.randrange(100):02}",
        message=chance.random() < 0.6,
        route=route,
        began=on_workday(today - timedelta(days=_ago(trouble, days, chance))),
        clinician=0 if chance.random() < 0.6 else 1,
        therapist=None if chance.random() < 0.25 else int(chance.random() < 0.4),
        trouble=trouble,
    )


def _first(today: date) -> Someone:
    """Signs in as patient@demo.test: in the middle of an induction, whose third treatment was yesterday."""
    return Someone(
        n=0,
        name="Ana Moreau",
        pronoun="she",
        language="en",
        code="KT-1042",
        birth=date(1987, 4, 12),
        phone="+14165550142",
        message=True,
        route="iv",
        began=on_workday(today - timedelta(days=8)),
        clinician=0,
        therapist=0,
        trouble=None,
    )


def on_workday(day: date) -> date:
    """This day, or the Friday before its weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _ago(trouble: Trouble | None, days: int, chance: random.Random) -> int:
    """Days since the first treatment: a quarter are in their first three weeks, the others anywhere before."""
    recent = {"silent": 4, "often": 16, "detached": 5, "pressure": 9, "chest": 6, "drove": 6, "no-ok": 9}
    if trouble in recent:
        return min(recent[trouble], days)
    if trouble is not None and trouble != "now-and-then":
        return min(chance.randint(90, 160), days)
    return chance.randint(1, min(20, days)) if chance.random() < 0.25 else chance.randint(min(21, days), days)
