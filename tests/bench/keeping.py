"""What a rotation of keys, a backup and a restore take: `python -m tests.bench.keeping 100000`."""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy import insert

from pwa import create_app
from pwa.config import Settings
from pwa.records import JournalEntry, Version, db
from pwa.records.base import begin_writing, table_of
from pwa.records.boxed import new_pair
from tests.bench.pages import on_postgres
from tests.conftest import CAST, KEYS, SECRET, begin_anew

TO, KEY = new_pair()
SOME = 5000
NOW = datetime.now(UTC)


def measure(count: int) -> None:
    with TemporaryDirectory() as folder, on_postgres() as postgres:
        for url in (f"sqlite:///{folder}/tidelog.db", postgres):
            app = create_app(Settings(SECRET, url, KEYS))
            with app.app_context():
                begin_anew(NOW)
                for start in range(0, count, SOME):
                    _write(start)
                db.session.remove()
            app = create_app(Settings(SECRET, url, {2: b"n" * 32, **KEYS}))
            print(f"\n{url.split(':')[0]}: {count:,} versions and as many journal entries")
            _take("rotate the key", lambda app=app: _run(app, "keys", "rotate"))
            _take("backup", lambda app=app: _run(app, "backup", f"{folder}/copy"))
            print(f"  the file: {Path(folder, 'copy').stat().st_size / 1e6:.0f} MB")
            with app.app_context():
                db.drop_all()
                db.create_all()
                db.session.remove()
            _take("restore", lambda app=app: _run(app, "restore", f"{folder}/copy"))


def _write(start: int) -> None:
    clinic, ana = CAST["ana"][:2]
    ids = [str(uuid.uuid4()) for _ in range(SOME)]
    whose = {"clinic_id": clinic, "patient_id": ana, "received_at": NOW}
    version = {**whose, "outcome": "stored", "kind": "journal", "parents": [], "author_id": ana}
    head = {**whose, "day": NOW.date(), "felt_at": NOW, "written_at": NOW, "zone": "UTC", "audience": "me"}
    words = "The gate was open. " * 20
    begin_writing()
    db.session.connection().execute(
        insert(table_of(Version)),
        [
            {**version, "id": id_, "record": id_, "seq": seq, "text": json.dumps({"id": id_, "text": words}).encode()}
            for seq, id_ in enumerate(ids, start + 1)
        ],
    )
    rows = [{**head, "version_id": id_, "record": id_, "text": words} for id_ in ids]
    db.session.connection().execute(insert(table_of(JournalEntry)), rows)
    db.session.commit()


def _run(app: Flask, *words: str) -> None:
    ran = app.test_cli_runner(env={"BACKUP_TO": TO, "BACKUP_KEY": KEY}).invoke(args=words)
    assert ran.exit_code == 0, ran.output


def _take(what: str, work: Callable[[], None]) -> None:
    began, worked = time.perf_counter(), time.process_time()
    work()
    print(f"  {what}: {time.perf_counter() - began:.0f} s, {time.process_time() - worked:.0f} s of the processor")


if __name__ == "__main__":
    measure(int(sys.argv[1]))
