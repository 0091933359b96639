"""Forms in which somebody is named by what is typed or chosen, and how far each role reaches with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.attacks.whole import ALL, TEAMS
from tests.conftest import PASSWORD

PATIENTS = ("ana", "another-patient", "patient-elsewhere")
CLINICIANS, THERAPISTS = ("clinician", "stranger"), ("therapist", "therapist-elsewhere")
#: role → how far: to patients of one's own, or to everybody of the clinic
INVITING = {"manager": "clinic", "front-desk": "clinic", "clinician": "own"}
MANAGERS = {"manager": "clinic"}
ALL_OF_THE_CLINIC = dict.fromkeys(INVITING, "clinic")


@dataclass(frozen=True)
class Typed:
    rule: str
    #: with the form
    page: str
    #: `{code}`, `{born}`, `{email}` and `{id}` are a target's, `{protocol}` its clinic's; `{n}` is another each time
    typed: Mapping[str, str]
    targets: tuple[str, ...]
    reaches: Mapping[str, str]
    #: for a target within reach, and for any other
    right: int
    wrong: int = 422
    #: the page lists those within reach
    lists: bool = False


NEW = {"name": "Eve", "email": "n{n}@new.test", "language": "en", "birth_date": "1990-01-01"}
A_PATIENT = {**NEW, "code": "KT-9{n}"}
FOUND = "/clinic/audit/found"
INVITED, AGAIN, FIND = "/clinic/invitations/patient", "/clinic/invitations/again", "/clinic/correct"
TEAM = ("/clinic/people/<uuid:person>/team", "/clinic/people/{patient}/team")
COURSE = ("/clinic/patients/<uuid:patient>/course", "/clinic/patients/{patient}/course")
ASSIGN = ("/clinic/alerts/<uuid:alert>/assign", "/clinic/alerts/{alert}")
CORRECT = ("/clinic/people/<uuid:person>/correct", "/clinic/people/{patient}/correct")
EMERGENCY = {"who": "{code}", "birth_date": "{born}", "reason": "Brought in by ambulance."}
ROWS = (
    *(
        Typed(AGAIN, "/clinic/invitations", {"whose": how}, PATIENTS, INVITING, 200)
        for how in ("{code}", "{email}", "{id}")
    ),
    Typed(AGAIN, "/clinic/invitations", {"whose": "{email}", "without_mail": ""}, THERAPISTS, MANAGERS, 200),
    *(Typed(FIND, FIND, {"whose": how}, PATIENTS, INVITING, 302) for how in ("{code}", "{email}")),
    Typed(FIND, FIND, {"whose": "{email}"}, THERAPISTS, MANAGERS, 302),
    Typed("/clinic/keeping/export", "/clinic/keeping", {"code": "{code}", "why": "by-law"}, PATIENTS, MANAGERS, 200),
    # it says of whom, and not who that is
    Typed(FOUND, "/clinic/audit", {"code": "{code}"}, PATIENTS, MANAGERS, 200, 200),
    Typed(FOUND, "/clinic/audit", {"person": "{id}"}, CLINICIANS, MANAGERS, 200, 200),
    Typed("/clinic/people", "/clinic/people", {"code": "{code}"}, PATIENTS, MANAGERS, 200, 200, lists=True),
    Typed(
        "/clinic/", "/clinic/", {"code": "{code}"}, PATIENTS, {"clinician": "own", "therapist": "own"}, 200, 200, True
    ),
    Typed(INVITED, INVITED, {**A_PATIENT, "clinician": "{id}"}, CLINICIANS, ALL_OF_THE_CLINIC, 200),
    Typed(INVITED, INVITED, {**A_PATIENT, "therapist": "{id}"}, THERAPISTS, ALL_OF_THE_CLINIC, 200),
    # a code or an address that somebody has here is taken; at another clinic it is not known
    Typed(INVITED, INVITED, {**NEW, "code": "{code}"}, PATIENTS, ALL_OF_THE_CLINIC, 422, 200),
    Typed(INVITED, INVITED, {**A_PATIENT, "email": "{email}"}, PATIENTS, ALL_OF_THE_CLINIC, 422, 200),
    Typed(
        "/clinic/invitations/member",
        "/clinic/invitations/member",
        {**NEW, "email": "{email}", "role": "clinician"},
        THERAPISTS,
        MANAGERS,
        422,
        200,
    ),
    Typed("/clinic/safety", "/clinic/safety", {"responder_1": "{id}"}, CLINICIANS, MANAGERS, 302),
    Typed(*TEAM, {"clinician": "{id}"}, CLINICIANS, MANAGERS, 302),
    Typed(*TEAM, {"therapist": "{id}"}, THERAPISTS, MANAGERS, 302),
    Typed(*ASSIGN, {"person": "{id}"}, CLINICIANS, {"clinician": "clinic"}, 302),
    Typed(
        *COURSE,
        {"protocol": "{protocol}", "day": "2026-12-07", "clock": "10:00"},
        PATIENTS,
        {"clinician": "clinic"},
        302,
    ),
    Typed("/clinic/emergency", "/clinic/emergency", EMERGENCY, PATIENTS, {"clinician": "clinic"}, 302),
    # where the link goes it does not say
    Typed("/account/address", "/account/address", {"email": "{email}", "password": PASSWORD}, PATIENTS, {}, 302, 302),
    Typed(*CORRECT, {"code": "{code}"}, ("another-patient",), ALL_OF_THE_CLINIC, 422),
)


def is_within_reach(row: Typed, who: str, target: str) -> bool:
    clinic, _, role, _ = ALL[who]
    is_here = clinic == ALL[target][0]
    return is_here and (row.reaches.get(role) == "clinic" or (role in row.reaches and who in TEAMS.get(target, ())))
