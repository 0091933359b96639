"""What patients and staff say, brought in through the same door as everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update

from pwa.records import AuditRow, Patient, Person, Protocol, SignIn, db
from pwa.records.base import begin_writing
from pwa.sync.envelope import written
from pwa.sync.ids import new_id
from pwa.sync.receive import receive
from tests.conftest import CAST, CLINIC, Clock, SignedIn, uid

TORONTO = ZoneInfo("America/Toronto")
ANA = CAST["ana"][1]


#: whom nobody knows from another
CROWD = {f"one-{n}": (CLINIC, uid(100 + n), "patient", f"{n}@crowd.test") for n in range(25)}


@dataclass(frozen=True)
class Said:
    record: str
    id: str


Says = Callable[..., Said]
PROTOCOL = {
    "name": "IV twice a week",
    "route": "iv",
    "drug": "ketamine",
    "dose": "0.5",
    "unit": "mg/kg",
    "place": "clinic",
    "minutes": "120",
    "treatments": "6",
    "days": "18",
    "apart": "2",
    "every": "28",
}


@pytest.fixture
def signed_in(app: Flask, signed_in: SignedIn) -> SignedIn:
    """Whoever signs in here took the second step too, which a real clinic asks of its staff."""

    def sign_in(name: str, on: Flask = app) -> FlaskClient:
        browser = signed_in(name, on)
        with on.app_context():
            db.session.execute(update(SignIn).values(two_steps=True))
            db.session.commit()
            db.session.remove()
        return browser

    return sign_in


@pytest.fixture
def says(app: Flask, clock: Clock) -> Says:
    """`says("ana", "check-in", {"mood": 4})`: now, unless `ago`; it came `late` after it was written."""
    return says_to(app, clock)


@pytest.fixture
def crowd(app: Flask, clock: Clock) -> Says:
    """`crowd("one-7", "check-in", …)`, of twenty-five patients more."""
    with app.app_context():
        for n, (clinic, id_, role, email) in enumerate(CROWD.values()):
            db.session.add(
                Person(clinic_id=clinic, id=id_, role=role, email=email, name=f"One {n}", created_at=clock())
            )
            db.session.flush()
            db.session.add(Patient(clinic_id=clinic, id=id_, code=f"KT-2{n:03}", birth_date=date(1988, 3, 1)))
        db.session.commit()
        db.session.remove()
    return says_to(app, clock, CROWD)


def says_to(app: Flask, clock: Clock, cast: Mapping[str, tuple[str, str, str, str]] = CAST) -> Says:
    def say(
        who: str,
        kind: str,
        body: dict[str, Any] | None,
        *,
        by: str | None = None,
        ago: timedelta = timedelta(),
        late: timedelta = timedelta(),
        day: date | None = None,
        felt: datetime | None = None,
        record: str | None = None,
        parents: Sequence[str] = (),
    ) -> Said:
        moment = (clock() - ago).astimezone(TORONTO)
        said = Said(record or new_id(moment), new_id(moment))
        text = written(
            kind,
            body,
            id=said.id,
            record=said.record,
            day=day or (felt or moment).date(),
            felt_at=felt or moment,
            written_at=moment,
            zone="America/Toronto",
            parents=parents,
        )
        with app.app_context():
            begin_writing()
            patient = db.session.get_one(Patient, cast[who][:2])
            author = db.session.get_one(Person, cast[by or who][:2])
            [receipt] = receive(patient, [text], author=author, device=None, received_at=moment + late)
            assert receipt.outcome == "stored", receipt
            db.session.commit()
            db.session.remove()
        return said

    return say


IV = {
    "status": "given",
    "minutes": 120,
    "route": "iv",
    "drug": "ketamine",
    "dose": 0.5,
    "unit": "mg/kg",
    "place": "clinic",
}


@pytest.fixture
def treated(says: Says, clock: Clock) -> Callable[..., Said]:
    """`treated(days=3)`: so long ago; `treated(days=-2, status="planned")`: ahead."""

    def treat(days: float, who: str = "ana", **more: Any) -> Said:
        at = (clock() - timedelta(days=days)).astimezone(TORONTO)
        body = {**IV, "at": at.isoformat(timespec="seconds"), **more}
        return says(who, "treatment", body, by="stranger" if who == "patient-elsewhere" else "clinician", felt=at)

    return treat


@pytest.fixture
def audit(app: Flask) -> Callable[..., list[AuditRow]]:
    """Looks and changes; others are named by what was done: `audit("in", "out")`."""

    def rows(*actions: str) -> list[AuditRow]:
        actions = actions or ("read", "write")
        with app.app_context():
            found = db.select(AuditRow).where(AuditRow.action.in_(actions)).order_by(AuditRow.id)
            return list(db.session.scalars(found))

    return rows


@pytest.fixture
def statements(app: Flask) -> Callable[[FlaskClient, str], int]:
    """`statements(browser, "/clinic/")`: how many the page asks the database."""

    def count(browser: FlaskClient, path: str) -> int:
        said: list[str] = []

        def listen(*heard: Any) -> None:
            said.append(heard[2])

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", listen)
        assert browser.get(path).status_code == 200
        event.remove(engine, "before_cursor_execute", listen)
        return len(said)

    return count


def plain(html: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def protocol(app, signed_in):
    assert signed_in("manager").post("/clinic/protocols/new", data=PROTOCOL).status_code == 302
    with app.app_context():
        return db.session.scalars(select(Protocol.id)).one()


JUDGED = {
    "grade": "2",
    "serious": "no",
    "causality": "possible",
    "action": "none",
    "outcome": "resolved",
    "began": "2026-11-18",
}
TOLD = {**JUDGED, "effect": "", "about": "", "told": "phone", "heard": "2026-11-19", "edition": "0"}


@pytest.fixture
def noted_by(signed_in, clock) -> Callable[[str, str], str]:
    """`noted_by("clinician", "Slept well.")`: through the page; the id of the note."""

    def note(who: str, text: str, of: str = ANA) -> str:
        id_ = new_id(clock())
        typed = {"record": id_, "edition": "0", "text": text}
        assert signed_in(who).post(f"/clinic/patients/{of}/notes", data=typed).status_code == 302
        return id_

    return note


@pytest.fixture
def judged_by(signed_in, clock) -> Callable[..., str]:
    """`judged_by("clinician", words="A fall")`: what the clinic was told by phone; the id of the event."""

    def judge(who: str, of: str = ANA, **typed: str) -> str:
        id_ = new_id(clock())
        answer = signed_in(who).post(f"/clinic/patients/{of}/events/new", data={**TOLD, "record": id_, **typed})
        assert answer.status_code == 302, plain(answer.text)
        return id_

    return judge
