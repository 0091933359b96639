"""Phones for tests: what they write, and how they call."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from pwa.records import Alert, CheckIn, Clash, Device, EffectsReport, JournalEntry, Patient, Person, SignIn, Version, db
from pwa.records.base import begin_writing
from pwa.sync.receive import receive
from pwa.sync.sentences import Owner
from tests.conftest import CAST, CLINIC, HASH, Clock, agreed

HEADERS = {"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"}
CHECK_IN: dict[str, Any] = {"mood": 6, "anxiety": 4}
JOURNAL: dict[str, Any] = {"text": "The gate was open.", "audience": "care-team"}
EFFECTS: dict[str, Any] = {"effects": [{"effect": "nausea", "severity": 2, "ongoing": True, "lasted": "1-4h"}]}

_codes = count(5000)


def new_id() -> str:
    return str(uuid.uuid4())


def said(body: dict[str, Any] | None = CHECK_IN, kind: str = "check-in", **other: Any) -> str:
    """A version's text as a phone writes it; any field may be named otherwise, `...` leaves it out."""
    fields = {
        "id": new_id(),
        "record": new_id(),
        "kind": kind,
        "schema": 1,
        "parents": [],
        "day": "2026-11-20",
        "felt_at": "2026-11-20T07:40:00-05:00",
        "written_at": "2026-11-20T07:48:12-05:00",
        "zone": "America/Toronto",
        "body": body,
    } | other
    return json.dumps({name: value for name, value in fields.items() if value is not ...}, ensure_ascii=False)


def id_in(text: str) -> str:
    return str(json.loads(text)["id"])


def over(*texts: str, **other: Any) -> str:
    """A later version of the record of these, which all stood on the screen."""
    first = json.loads(texts[0])
    fields = {"body": first["body"], "kind": first["kind"], "record": first["record"]}
    return said(**{**fields, "parents": [id_in(text) for text in texts], **other})


@dataclass
class Phone:
    """One browser of one patient, who is signed in."""

    app: Flask
    owner: Owner
    browser: FlaskClient
    device: str
    cursor: int = 0
    epoch: int = 1
    calls: Any = field(default_factory=count)

    def post(self, versions: list[str] | Any = (), **other: Any) -> TestResponse:
        call = {
            "batch": f"batch {next(self.calls)}",
            "owner": self.owner.id,
            "device": self.device,
            "epoch": self.epoch,
            "cursor": self.cursor,
            "waiting": len(versions) if isinstance(versions, (list, tuple)) else 0,
            "versions": versions,
        } | other
        return self.browser.post("/sync", json=call, headers=HEADERS)

    def send(self, *versions: str, **other: Any) -> list[dict[str, Any]]:
        """The receipts."""
        answer = self.post(versions, **other)
        assert answer.status_code == 200, answer.text
        return list(answer.get_json()["receipts"])

    def outcomes(self, *versions: str) -> list[str]:
        return [receipt["outcome"] for receipt in self.send(*versions)]

    def codes(self, text: str) -> set[tuple[str, str]]:
        """What is wrong with a version, by field and code; nothing: it is stored."""
        [receipt] = self.send(text)
        assert receipt["outcome"] == ("parked" if "errors" in receipt else "stored")
        return {(error["field"], error["code"]) for error in receipt.get("errors", [])}

    def pull(self, cursor: int = 0) -> dict[str, Any]:
        """All there is after the cursor, page by page: texts, parked ones, how many pages."""
        got: dict[str, Any] = {"versions": [], "parked": [], "pages": 0}
        while True:
            page = self.post(cursor=cursor).get_json()
            assert page["from"] == cursor
            got["versions"] += page["versions"]
            got["parked"] += page["parked"]
            got["pages"] += 1
            cursor = page["cursor"]
            if not page["more"]:
                return {**got, "cursor": cursor}


def new_patient(app: Flask, clock: Clock, language: str = "en") -> Owner:
    """A patient like Ana, of her own, so that tests need no fresh database."""
    id_ = new_id()
    who = {"clinic_id": CLINIC, "id": id_}
    with app.app_context():
        person = Person(**who, role="patient", name="Ana", language=language, created_at=clock(), password_hash=HASH)
        db.session.add(person)
        db.session.flush()
        db.session.add(Patient(**who, code=f"KT-{next(_codes)}", birth_date=date(1988, 3, 1)))
        db.session.add(agreed(CLINIC, id_, clock()))
        db.session.commit()
        db.session.remove()
    return Owner(CLINIC, id_)


def phone_of(app: Flask, clock: Clock, owner: Owner) -> Phone:
    """Another phone of this patient, signed in without the page: argon2 would take its time."""
    import hashlib

    secret, device = new_id(), new_id()
    who = {"clinic_id": owner.clinic_id, "person_id": owner.id}
    with app.app_context():
        db.session.add(Device(**who, id=device, issued_at=clock()))
        db.session.flush()
        opened = SignIn(
            **who,
            id=new_id(),
            device_id=device,
            opened_at=clock(),
            expires_at=clock() + timedelta(days=400),
            proved_at=clock(),
            seen_at=clock(),
            browser="",
        )
        opened.secret_hash = hashlib.sha256(secret.encode()).hexdigest()
        db.session.add(opened)
        db.session.commit()
        db.session.remove()
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = secret, True
    browser.set_cookie("device", device)
    return Phone(app, owner, browser, device)


def staff(name: str = "clinician") -> Person:
    """In the application's context."""
    clinic, id_, *_ = CAST[name]
    return db.session.get_one(Person, (clinic, id_))


def by_the_clinic(phone: Phone, *texts: str) -> list[str]:
    """Staff writes versions of the phone's owner; the outcomes."""
    with phone.app.app_context():
        begin_writing()
        patient, moment = db.session.get_one(Patient, phone.owner), phone.app.config["CLOCK"]()
        receipts = receive(patient, texts, author=staff(), device=None, received_at=moment)
        db.session.commit()
        db.session.remove()
    return [receipt.outcome for receipt in receipts]


TYPED = {"check-in": CheckIn, "effects": EffectsReport, "journal": JournalEntry}


def rows(phone: Phone, model: Any) -> list[Any]:
    """This patient's rows of a table."""
    with phone.app.app_context():
        found = db.session.scalars(select(model).where(model.patient_id == phone.owner.id)).all()
        db.session.remove()
    return list(found)


def kept(phone: Phone) -> dict[str, Version]:
    return {version.id: version for version in rows(phone, Version)}


def clashes(phone: Phone) -> list[Clash]:
    return rows(phone, Clash)


def alerts(phone: Phone) -> list[Alert]:
    return rows(phone, Alert)
