"""Pushing through /sync, against a bare endpoint that parses the same JSON and inserts it in one transaction."""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import tempfile
import uuid
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, create_engine, insert

from pwa import create_app
from pwa.accounts.passwords import hashed
from pwa.config import Settings
from pwa.records import Clinic, Patient, Person, ServerState, db
from tests.bench.timing import in_turns, seconds, table

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
#: what the phone sends at once
BATCH = 100
Phone = tuple[FlaskClient, str, str, int]
EFFECTS = ["dissociation", "dizziness", "nausea", "headache", "drowsiness", "blurred-vision"]


def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = TheirSync(folder), Bare(folder)
        one = in_turns(5, lambda: ours.push(1, 1000), lambda: bare.push(1, 1000))
        many = in_turns(5, lambda: ours.push(50, 20), lambda: bare.push(50, 20))
        table(
            f"Pushing, 80 % check-ins, 15 % effects, 5 % journal, {BATCH} a batch (SQLite, synchronous=FULL)",
            [("1,000 versions from one phone", *one), ("20 versions from each of 50 phones", *many)],
        )
        where_the_time_goes(ours)


class TheirSync:
    """The product: signed-in phones that post to /sync."""

    def __init__(self, folder: str) -> None:
        settings = Settings("s" * 40, f"sqlite:///{folder}/ours.db", {1: b"k" * 32}, secure_cookies=False)
        self.app = create_app(settings, lambda: NOON)
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.random, self.phones, self.cursors = Random(7), deque[Phone](), dict[str, int]()
        with self.app.app_context():
            db.create_all()
            self._open_a_clinic()
        for n in range(50):
            browser = self.app.test_client()
            assert browser.post("/sign-in", data={"email": f"p{n}@bench.test", "password": "bench"}).status_code == 302
            me = browser.get("/me").get_json()
            self.phones.append((browser, me["owner"], me["device"], me["epoch"]))

    def push(self, phones: int, each: int) -> float:
        """From phones that take turns, so that each has as little at the clinic as the others."""
        self.phones.rotate(-phones)
        work = [(phone, list(batches(versions(self.random, each)))) for phone in list(self.phones)[:phones]]
        return seconds(lambda: [self._send(phone, batch) for phone, sent in work for batch in sent])

    def _send(self, phone: Phone, batch: list[str]) -> None:
        browser, owner, device, epoch = phone
        call = {
            "batch": str(uuid.uuid4()),
            "owner": owner,
            "device": device,
            "epoch": epoch,
            "cursor": self.cursors.get(owner, 0),
            "waiting": len(batch),
            "versions": batch,
        }
        answer = browser.post("/sync", json=call, headers={"X-Tidelog": "1", "Sec-Fetch-Site": "same-origin"})
        receipts, self.cursors[owner] = answer.get_json()["receipts"], answer.get_json()["cursor"]
        assert [one["outcome"] for one in receipts] == ["stored"] * len(batch), receipts[:3]

    def _open_a_clinic(self) -> None:
        password, clinic = hashed("bench"), str(uuid.uuid4())
        db.session.add_all([ServerState(id=1, epoch=1), Clinic(id=clinic, name="Bench", created_at=NOON, is_demo=True)])
        db.session.flush()
        for n in range(50):
            who = {"clinic_id": clinic, "id": str(uuid.uuid4())}
            email = f"p{n}@bench.test"
            db.session.add(
                Person(
                    **who,
                    role="patient",
                    email=email,
                    password_hash=password,
                    name=email,
                    language="en",
                    created_at=NOON,
                )
            )
            db.session.flush()
            db.session.add(Patient(**who, code=f"B-{n}", birth_date=NOON.date()))
        db.session.commit()


class Bare:
    """The least that could be called an endpoint: parse, insert, commit."""

    def __init__(self, folder: str) -> None:
        self.engine = create_engine(f"sqlite:///{folder}/bare.db")
        rows = Table("row", MetaData(), Column("id", String(36), primary_key=True), Column("text", LargeBinary))
        rows.metadata.create_all(self.engine)
        app = Flask("bare")

        @app.post("/bare")
        def take() -> dict[str, int]:
            texts = request.get_json()["versions"]
            found = [{"id": json.loads(text)["id"], "text": text.encode()} for text in texts]
            with self.engine.begin() as connection:
                connection.execute(insert(rows), found)
            return {"stored": len(found)}

        self.browser, self.random = app.test_client(), Random(7)

    def push(self, phones: int, each: int) -> float:
        work = [batch for _ in range(phones) for batch in batches(versions(self.random, each))]
        return seconds(lambda: [self.browser.post("/bare", json={"versions": batch}) for batch in work])


def batches(texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), BATCH):
        yield texts[start : start + BATCH]


def versions(random: Random, count: int) -> list[str]:
    """In the order in which they were written, as a phone sends them."""
    kinds = random.choices(["check-in", "effects", "journal"], [80, 15, 5], k=count)
    return [json.dumps(version(random, kind, NOON - timedelta(hours=count - n))) for n, kind in enumerate(kinds)]


def version(random: Random, kind: str, felt: datetime) -> dict[str, object]:
    return {
        "id": uuid7(random),
        "record": uuid7(random),
        "kind": kind,
        "schema": 1,
        "parents": [],
        "day": felt.date().isoformat(),
        "felt_at": felt.isoformat(),
        "written_at": felt.isoformat(),
        "zone": "America/Toronto",
        "body": body(random, kind),
    }


def body(random: Random, kind: str) -> dict[str, object]:
    if kind == "check-in":
        return {"mood": random.randint(0, 10), "anxiety": random.randint(0, 10), "sleep": 6.5, "thoughts": "no"}
    if kind == "effects":
        return {"effects": [{"effect": effect, "severity": random.randint(0, 3)} for effect in EFFECTS]}
    return {"text": "The gate was open. " * 20, "audience": "therapist"}


def uuid7(random: Random) -> str:
    return str(uuid.UUID(int=(random.getrandbits(128) & ~(0xF << 76 | 0x3 << 62)) | 7 << 76 | 2 << 62))


def where_the_time_goes(ours: TheirSync) -> None:
    profile = cProfile.Profile()
    profile.enable()
    ours.push(1, 1000)
    profile.disable()
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("cumulative").print_stats("pwa|cursor|commit", 18)
    print("\nWhere the time goes (one more push of 1,000, under the profiler, so slower)")
    print("\n".join(line for line in out.getvalue().splitlines() if "/" in line or "ncalls" in line))
