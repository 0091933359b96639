"""Two clinics in which everybody wrote, laid down once: whose each row is, and who may read what was written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from pwa.accounts.invitations import invite
from pwa.records import Alert, CareTeam, Emergency, Invitation, Passkey, Person, Protocol, SignIn, db
from pwa.records.base import begin_writing
from pwa.records.notices import Wanted, enqueue
from pwa.sync.ids import new_id
from tests.clinic.conftest import IV, PROTOCOL, TOLD, TORONTO, Says, says_to
from tests.conftest import CAST, CLINIC, HASH, OTHER_CLINIC, PASSWORD, Clock, agreed, put_away, uid

#: beside the cast: those who have the same seat as one of it, elsewhere
MORE = {
    "another-therapist": (CLINIC, uid(30), "therapist", "other-therapist@here.test"),
    "therapist-elsewhere": (OTHER_CLINIC, uid(31), "therapist", "therapist@there.test"),
    "manager-elsewhere": (OTHER_CLINIC, uid(32), "manager", "manager@there.test"),
    "front-desk-elsewhere": (OTHER_CLINIC, uid(33), "front-desk", "desk@there.test"),
}
ALL = CAST | MORE
#: a patient → who treats them, as clinician and as therapist, and who runs their clinic
TEAMS = {
    "ana": ("clinician", "therapist", "manager"),
    "another-patient": ("another-clinician", "another-therapist", "manager"),
    "patient-elsewhere": ("stranger", "therapist-elsewhere", "manager-elsewhere"),
}
#: what is written of each patient → who of (patient, clinician, therapist) may ever read it
WRITTEN = {
    "alone": (True, False, False),
    "for-therapist": (True, False, True),
    "for-team": (True, True, True),
    "line": (True, True, True),
    "plan": (True, False, True),
    "goal": (True, False, True),
    "offer": (True, False, True),
    "aside": (False, False, True),
    "team-note": (False, True, True),
    "event": (False, True, False),
}


def words(what: str, whose: str) -> str:
    return f"zq-{what}-of-{whose}-qz"


def forbidden_to(who: str, opened: Collection[str] = (), rule: str = "") -> list[str]:
    """Words that no answer to them may hold; in an emergency they read as a clinician of those whom they opened, and
    what the clinic noted a patient reads only in what she takes out."""
    seats = {whose: TEAMS[whose][0] if ALL[whose][1] in opened else who for whose in TEAMS}
    hers = {(what, who) for what in ("team-note", "event") if rule == "/account/record"}
    those = ((what, whose) for whose in TEAMS for what in WRITTEN if seats[whose] not in readers(what, whose))
    return [words(*one) for one in those if one not in hers]


def words_in(answer: Any) -> str:
    """Of a page, or of the files in one that is taken out."""
    if answer.mimetype != "application/zip":
        return str(answer.text)
    box = zipfile.ZipFile(io.BytesIO(answer.data))
    return "".join(box.read(name).decode() for name in box.namelist())


def readers(what: str, whose: str) -> set[str]:
    people = (whose, *TEAMS[whose][:2])
    return {name for name, may in zip(people, WRITTEN[what], strict=True) if may}


@dataclass
class Whole:
    app: Flask
    clock: Clock
    path: Path
    #: whose → what → id
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    laid: bytes = b""

    def browser(self, who: str) -> FlaskClient:
        """In which they came in, by both steps."""
        browser = self.app.test_client()
        if who == "nobody":
            return browser
        self.app.config["WTF_CSRF_ENABLED"] = False
        answer = browser.post("/sign-in", data={"clinic": ALL[who][0], "email": ALL[who][3], "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        return browser

    @contextmanager
    def rows(self) -> Iterator[Any]:
        with self.app.app_context():
            begin_writing()
            yield db.session
            db.session.commit()
            db.session.remove()

    def keep(self) -> None:
        """Everything stands as it is from now on, whenever it is put back."""
        with self.app.app_context():
            put_away()
        self.laid = self.path.read_bytes()

    def put_back(self) -> None:
        with self.app.app_context():
            put_away()
        for log in ("-wal", "-shm"):
            self.path.with_name(self.path.name + log).unlink(missing_ok=True)
        self.path.write_bytes(self.laid)
        self.clock.moment = Clock().moment
        self.app.extensions["sync-rate"].left.clear()


def opened_by(whole: Whole, who: str) -> set[str]:
    """Ids of the patients whose record they opened in an emergency."""
    with whole.app.app_context():
        found = set(db.session.scalars(select(Emergency.patient_id).filter_by(person_id=ALL[who][1])))
        db.session.remove()
    return found


def lay_down(whole: Whole) -> None:
    with whole.rows() as rows:
        for name, (clinic, id_, role, email) in MORE.items():
            who = {"clinic_id": clinic, "id": id_, "role": role, "email": email, "name": name, "password_hash": HASH}
            rows.add(Person(**who, language="en", created_at=whole.clock()))
        rows.flush()
        rows.add_all(agreed(clinic, id_, whole.clock()) for clinic, id_, *_ in MORE.values())
        for whose, (_, therapist, _) in TEAMS.items():
            if therapist in MORE:
                patient, member = {"clinic_id": ALL[whose][0], "patient_id": ALL[whose][1]}, ALL[therapist][1]
                rows.add(CareTeam(**patient, person_id=member, role="therapist"))
    says = says_to(whole.app, whole.clock, ALL)
    for whose in TEAMS:
        whole.ids[whose] = {"patient": ALL[whose][1], **_said(says, whole, whose), **_noted(whole, whose)}
    for whose in TEAMS:
        whole.ids[whose] |= _kept(whole, whose)
    whole.keep()


def _said(says: Says, whole: Whole, whose: str) -> dict[str, str]:
    clinician, therapist, _ = TEAMS[whose]
    for what, audience in (("alone", "me"), ("for-therapist", "therapist")):
        says(whose, "journal", {"text": words(what, whose), "audience": audience})
    entry = says(whose, "journal", {"text": words("for-team", whose), "audience": "care-team"})
    says(whose, "check-in", {"mood": 2, "thoughts": "often", "note": words("line", whose)})
    says(whose, "safety-plan", {"signs": words("plan", whose), "audience": "therapist"})
    visit = {"status": "planned", "at": "2026-11-27T13:00:00-05:00", "minutes": 50, "therapist": ALL[therapist][1]}
    goal = {"words": words("goal", whose), "measure": "ten", "levels": []}
    offer = {"offer": "slow-breaths", "line": words("offer", whose), "until": "2026-11-27"}
    planned, given = ((whole.clock() - timedelta(days=days)).astimezone(TORONTO) for days in (-2, 2))
    says(whose, "treatment", {**IV, "status": "planned", "at": planned.isoformat("T", "seconds")}, by=clinician)
    treated = says(whose, "treatment", {**IV, "at": given.isoformat("T", "seconds")}, by=clinician, felt=given)
    by_therapist = {
        kind: says(whose, kind, body, by=therapist).record
        for kind, body in (("visit", visit), ("goal", goal), ("offer", offer))
    }
    return {"entry": entry.record, "treatment": treated.record, **by_therapist}


def _noted(whole: Whole, whose: str) -> dict[str, str]:
    """Through the pages, as staff do it."""
    clinician, therapist, manager = TEAMS[whose]
    patient = ALL[whose][1]
    note, event, aside = (new_id(whole.clock()) for _ in range(3))
    team_note = {"record": note, "edition": "0", "text": words("team-note", whose)}
    told = {**TOLD, "record": event, "words": words("event", whose)}
    for who, path, typed in (
        (clinician, f"/clinic/patients/{patient}/notes", team_note),
        (clinician, f"/clinic/patients/{patient}/events/new", told),
        (therapist, f"/clinic/room/{patient}/notes", {"record": aside, "text": words("aside", whose)}),
        (manager, "/clinic/protocols/new", PROTOCOL),
    ):
        answer = whole.browser(who).post(path, data=typed)
        assert answer.status_code == 302, f"{path}: {answer.text}"
    return {"note": note, "event": event}


def _kept(whole: Whole, whose: str) -> dict[str, str]:
    """Rows that nobody writes on a page."""
    clinic, patient, *_ = ALL[whose]
    whole.browser(whose)
    passkey = uid(900 + int(patient[-2:]))
    at = whole.clock()
    with whole.rows() as rows:
        of = {"clinic_id": clinic, "person_id": patient}
        key = {"credential": f"key-{whose}", "public_key": b"k", "sign_count": 0, "name": "Safari", "made_at": at}
        rows.add(Passkey(**of, id=passkey, **key))
        invite(rows.get_one(Person, (clinic, patient)), None)
        enqueue([Wanted(clinic, patient, "reminder", "evening", "reminder:evening:2026-11-20", "mail", at)], at)
        rows.flush()
        theirs = {
            "alert": select(Alert.id).where(Alert.clinic_id == clinic, Alert.patient_id == patient),
            "invitation": select(Invitation.id).filter_by(**of),
            "sign_in": select(SignIn.id).filter_by(**of),
            "protocol": select(Protocol.id).where(Protocol.clinic_id == clinic),
        }
        found = {what: str(rows.scalars(query).first()) for what, query in theirs.items()}
    return {"passkey": passkey, **found}
