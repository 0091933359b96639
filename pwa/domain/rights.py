"""Who at a clinic may read and write what of a patient: the one table. The guards of pages, the lookups, the patient's
page and docs/rights.md follow from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from pwa.domain.words import N_

ROLES = ("clinician", "therapist", "manager", "front-desk")
#: how far reading reaches: to the patients on whose care team one is, to what of it these share with one, or to the
#: whole clinic's
OWN, SHARED, CLINIC = "own", "shared", "clinic"


@dataclass(frozen=True)
class Part:
    id: str
    #: as the patient would call it
    name: str
    #: role → how far it reads this; a role that is not named reads none of it
    readers: Mapping[str, str]
    #: those of them that write it too
    writers: tuple[str, ...] = ()
    #: role → effects or problems of alerts that it is never shown
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: what else the patient must know of it
    also: str = ""
    #: roles from which the patient can hide it
    hideable: tuple[str, ...] = ()
    #: parts that it tells of: hidden with any of them, from a role from which it can be hidden
    tells_of: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether only what the patient shares is read."""
        return SHARED in self.readers.values()

    @property
    def hidden_with(self) -> tuple[str, ...]:
        return self.id, *self.tells_of


TREATING = {"clinician": OWN, "therapist": OWN}
SHARED_WITH = {"clinician": SHARED, "therapist": SHARED}
CLINICIANS, THERAPISTS, MANAGERS = ("clinician",), ("therapist",), ("manager",)
BOTH = ("clinician", "therapist")
#: what a patient may not want a therapist to know: the urge, and having taken more
URGES = {"therapist": ("craving", "took-more")}
#: what can be hidden from therapists alone: an alert reaches the clinicians whatever is hidden, and what they judge is
#: the clinic's own record
PARTS = (
    Part("check-ins", N_("Check-ins"), TREATING, hideable=BOTH),
    Part(
        "effects",
        N_("Side effects and home checks"),
        TREATING,
        withheld=URGES,
        also=N_("Your therapists are not shown an urge for more ketamine, nor that you took more."),
        hideable=BOTH,
    ),
    Part(
        "alerts",
        N_("Alerts that answers raise"),
        TREATING,
        BOTH,
        {"therapist": ("craving", "dose")},
        N_("The clinicians your clinic chose to answer alerts read them too, and what you wrote there."),
        THERAPISTS,
        ("check-ins", "effects"),
    ),
    Part(
        "events",
        N_("What the clinic notes of side effects"),
        TREATING,
        CLINICIANS,
        URGES,
        N_("The clinicians your clinic chose to answer alerts read it too."),
        THERAPISTS,
        ("effects",),
    ),
    Part("journal", N_("Journal"), SHARED_WITH),
    Part("safety-plan", N_("Safety plan"), SHARED_WITH),
    Part("goals", N_("Goals, and what is offered to you"), {"therapist": OWN}, THERAPISTS),
    Part("sessions", N_("Sessions, doses and the plan of treatment"), TREATING, CLINICIANS),
    Part("notes", N_("Notes of your care team"), TREATING, BOTH),
    Part(
        "own-notes",
        N_("What a therapist notes for themselves"),
        {"therapist": OWN},
        THERAPISTS,
        also=N_("Each reads their own alone."),
    ),
    Part("appointments", N_("Appointments"), {**TREATING, "front-desk": CLINIC}, THERAPISTS),
    Part(
        "names",
        N_("Your name, birth date and telephone number"),
        {**TREATING, "manager": CLINIC, "front-desk": CLINIC},
        ("clinician", "manager", "front-desk"),
    ),
    Part("team", N_("Who is on your care team"), {**TREATING, "manager": CLINIC}, MANAGERS),
    Part(
        "invitations",
        N_("Your invitation"),
        {"clinician": OWN, "manager": CLINIC, "front-desk": CLINIC},
        ("clinician", "manager", "front-desk"),
    ),
    Part("people", N_("Your mail address, and where you are signed in"), {"manager": CLINIC}, MANAGERS),
    Part("messages", N_("Which messages went to you, not what they say"), {"manager": CLINIC}),
    Part("trail", N_("Who looked at what is yours"), {"manager": CLINIC}),
    Part(
        "record",
        N_("A copy of your record, as a file"),
        {"manager": CLINIC},
        also=N_(
            "In it are who you are, your care team, your sessions and visits, who looked, and what you agreed to: none "
            "of your answers, and no word of yours or of those who treat you. They say why, and you are told by mail. "
            "You alone take out everything. Where the law makes your clinic hand over the whole record, whoever runs "
            "the server does it, without what is for you alone, and you are told too."
        ),
    ),
)
#: the role that may open a record in an emergency, and for how many hours: then it reads what it reads of its own
#: patients, and what is hidden from it; what is shared with nobody stays closed
EMERGENCY, EMERGENCY_HOURS = "clinician", 4
#: the role of who says that a patient of theirs asked for a way in without mail (docs/decisions/0027)
AGREEING = "clinician"
#: the role of those whom a clinic chooses to answer the alerts of all its patients
ANSWERING = "clinician"
#: what a page can be that is no part of anybody's record, and the roles that have it
HOUSE = {
    "desk": ROLES,  # the way in, and the switch that hides names
    "care": BOTH,  # pages about patients of one's own
    "room": THERAPISTS,  # the reading room
    "answering": CLINICIANS,  # what is done about an alert
    "emergency": (EMERGENCY,),
    "agreeing": (AGREEING,),
    "figures": CLINICIANS,  # of the whole clinic, without names
    "tallies": MANAGERS,  # what came of the safety rules, in whole tens of patients
    "removing": ("manager", "front-desk"),  # who was invited and never came in
    "settings": MANAGERS,  # also how long records and the trail are kept
}
#: the audiences of a journal entry that include a role
INCLUDED_IN = {"clinician": ("care-team",), "therapist": ("therapist", "care-team")}
#: for so long after it ended what was done in one can be written down as a note
NOTED_AFTER = timedelta(days=1)
#: role → as a patient would call those who have it, of the whole clinic or of her care team
WORDS = {
    "clinician": N_("your clinicians"),
    "therapist": N_("your therapists"),
    "manager": N_("managers"),
    "front-desk": N_("the front desk"),
}


def part(id_: str) -> Part:
    """KeyError if there is no such part."""
    return _BY_ID[id_]


def may_read(role: str, *what: str) -> bool:
    """All of it, of some patients at least: parts, or what the house has."""
    return all(role in (HOUSE[one] if one in HOUSE else part(one).readers) for one in what)


def may_write(role: str, *what: str) -> bool:
    """Nobody writes what they do not read."""
    return may_read(role, *what) and all(one in HOUSE or role in part(one).writers for one in what)


def reach(role: str, part_id: str) -> str | None:
    """How far it reads this; None: not at all."""
    return part(part_id).readers.get(role)


def read_of_own(role: str) -> list[str]:
    """The parts that it reads of the patients on whose care team one is, or of which these share something."""
    return [id_ for id_ in _BY_ID if reach(role, id_) in (OWN, SHARED)]


def withheld(role: str, part_id: str) -> tuple[str, ...]:
    return part(part_id).withheld.get(role, ())


def closed_by(hidden: str, role: str) -> set[str]:
    """The parts that are closed to a role from which this one is hidden."""
    return {one.id for one in PARTS if hidden in one.hidden_with and role in one.hideable}


def parts(ids: Collection[str]) -> list[Part]:
    """In the order of the table."""
    return [one for one in PARTS if one.id in ids]


def whom(one: Part) -> list[str]:
    """Who reads it, each to be translated."""
    return [WORDS[role] for role in one.readers]


_BY_ID = {one.id: one for one in PARTS}
