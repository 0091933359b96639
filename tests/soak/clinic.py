"""The clinic whose patients' phones are soaked: a real server, which is killed and comes back as another version."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

from pwa.records import Clash, Patient, Person, SignIn, Version, db
from tests.browser.scene import WSGI, Live
from tests.conftest import CLINIC, HASH, agreed, uid

#: what a deploy may bring: the product, the same as another version, and deploys of which something is wrong
DEPLOYS = [WSGI, WSGI, *(f"tests.browser.broken:{name}" for name in ("whole", "whole", "missing", "cut", "mixed"))]
#: seconds between two blows to the server
BETWEEN = (5.0, 20.0)


@dataclass(frozen=True)
class Somebody:
    """A patient. Her number stands in every token that she writes."""

    number: int

    @property
    def id(self) -> str:
        return uid(100 + self.number)

    @property
    def email(self) -> str:
        return f"patient-{self.number}@soak.test"


class SoakedClinic(Live):
    def __init__(self, folder: Path, patients: int) -> None:
        super().__init__(folder)
        self.folder = folder
        self.patients = [Somebody(number) for number in range(patients)]
        self.blows: dict[str, int] = {"the server killed": 0, "another version served": 0, "sign-ins run out": 0}

    def begin(self) -> None:
        super().begin()
        with self.app.app_context():
            for patient in self.patients:
                who = {"clinic_id": CLINIC, "id": patient.id}
                named = {"email": patient.email, "name": "Ana", "language": "en", "password_hash": HASH}
                db.session.add(Person(**who, **named, role="patient", created_at=datetime.now(UTC)))
                db.session.flush()
                db.session.add(Patient(**who, code=f"KT-{2000 + patient.number}", birth_date=date(1988, 3, 1)))
                db.session.add(agreed(CLINIC, patient.id, datetime.now(UTC)))
            db.session.commit()
            db.session.remove()

    def suffer(self, chance: Random, enough: Event) -> None:
        """Blow after blow until it is enough; then the server runs."""
        while not enough.wait(chance.uniform(*BETWEEN)):
            if chance.random() < 0.3:
                self.run_out()
                continue
            self.kill()
            self.blows["the server killed"] += 1
            enough.wait(chance.uniform(0, 1))
            deploy = chance.choice(DEPLOYS)
            self.blows["another version served"] += deploy != WSGI
            self.start(deploy)

    def run_out(self) -> None:
        """Every sign-in."""
        self.blows["sign-ins run out"] += 1
        with self.app.app_context():
            db.session.execute(db.update(SignIn).values(revoked_at=datetime.now(UTC)))
            db.session.commit()
            db.session.remove()

    def holds(self) -> tuple[list[Version], list[Clash]]:
        """Everything that anyone's phone brought."""
        with self.app.app_context():
            found: Any = [list(db.session.scalars(db.select(table))) for table in (Version, Clash)]
            db.session.remove()
        return found[0], found[1]

    def rows_differ(self) -> str:
        """What `flask rebuild --check` finds wrong in the typed rows; nothing, if they say what the versions say."""
        flask = [Path(sys.executable).with_name("flask"), "--app", "wsgi", "rebuild", "--check"]
        ran = subprocess.run(flask, env=self.environment(), capture_output=True, text=True, check=False)
        return "" if ran.returncode == 0 else ran.stdout + ran.stderr
