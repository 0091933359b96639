"""Who at a clinic may read what of a patient: the one table. The lookups, the patient's page and docs/rights.md follow
from it."""

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
#: what a patient may not want a therapist to know: the urge, and having taken more
URGES = {"therapist": ("craving", "took-more")}
#: an alert reaches the clinicians whatever is hidden, and what they judge is the clinic's own record
FROM_BOTH, FROM_THERAPISTS = ("clinician", "therapist"), ("therapist",)
PARTS = (
    Part("check-ins", N_("Check-ins"), TREATING, hideable=FROM_BOTH),
    Part(
        "effects",
        N_("Side effects and home checks"),
        TREATING,
        URGES,
        N_("Your therapists are not shown an urge for more ketamine, nor that you took more."),
        FROM_BOTH,
    ),
    Part(
        "alerts",
        N_("Alerts that answers raise"),
        TREATING,
        {"therapist": ("craving", "dose")},
        N_("The clinicians your clinic chose to answer alerts read them too, and what you wrote there."),
        FROM_THERAPISTS,
        ("check-ins", "effects"),
    ),
    Part(
        "events",
        N_("What the clinic notes of side effects"),
        TREATING,
        URGES,
        N_("The clinicians your clinic chose to answer alerts read it too."),
        FROM_THERAPISTS,
        ("effects",),
    ),
    Part("journal", N_("Journal"), SHARED_WITH),
    Part("safety-plan", N_("Safety plan"), SHARED_WITH),
    Part("goals", N_("Goals, and what is offered to you"), {"therapist": OWN}),
    Part("sessions", N_("Sessions, doses and the plan of treatment"), TREATING),
    Part("notes", N_("Notes of your care team"), TREATING),
    Part("appointments", N_("Appointments"), {**TREATING, "front-desk": CLINIC}),
    Part(
        "names",
        N_("Your name, birth date and telephone number"),
        {**TREATING, "manager": CLINIC, "front-desk": CLINIC},
    ),
    Part("invitations", N_("Your invitation"), {"clinician": OWN, "manager": CLINIC, "front-desk": CLINIC}),
    Part("people", N_("Your mail address, and where you are signed in"), {"manager": CLINIC}),
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
#: the audiences of a journal entry that include a role
INCLUDED_IN = {"clinician": ("care-team",), "therapist": ("therapist", "care-team")}
#: the role that may open a record in an emergency, and for how many hours: then it reads what it reads of its own
#: patients, and what is hidden from it; what is shared with nobody stays closed
EMERGENCY, EMERGENCY_HOURS = "clinician", 4
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


def roles(part_id: str, reach: str) -> tuple[str, ...]:
    """Those that read it so far."""
    return tuple(role for role, reached in part(part_id).readers.items() if reached == reach)


def of_own(part_id: str) -> tuple[str, ...]:
    """Roles that read it of the patients on whose care team they are, or of it what these share."""
    return roles(part_id, OWN) + roles(part_id, SHARED)


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
