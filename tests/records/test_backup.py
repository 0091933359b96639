"""A backup holds all rows, opens to one key alone, and comes back whole or not at all; phones heal what it lacks."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select, text

from pwa import create_app
from pwa.accounts import audit, close_sign_ins
from pwa.accounts.codes import new_code
from pwa.accounts.invitations import invite, withdraw
from pwa.accounts.passwords import person_at
from pwa.config import Settings
from pwa.records import CheckIn, Device, Person, SignIn, boxed, chain, data_keys, db, lasting_hash
from tests.conftest import CAST, CLINIC, KEYS, PASSWORD, SECRET, made
from tests.sync.model import ModelPhone
from tests.sync.phones import new_patient, phone_of, staff

TO, KEY = boxed.new_pair()
ANA = CAST["ana"]
#: what a restore changes by intent
OTHERWISE = ("server_state", "sign_in", "audit", "audit_chain")
HERS = "hers@here.test"


def command(app, *words, ok=True):
    with app.app_context():
        db.session.remove()
    ran = app.test_cli_runner(env={"BACKUP_TO": TO, "BACKUP_KEY": KEY}).invoke(args=list(words))
    assert (ran.exit_code == 0) == ok, (ran.output, ran.exception)
    return ran.output


def emptied(app):
    with app.app_context():
        db.session.remove()
        db.drop_all()
        db.create_all()
        db.session.remove()
    return app


def held(app):
    """Every row, as it reads."""
    with app.app_context():
        found = {
            table.name: sorted(repr(tuple(row)) for row in db.session.execute(select(table)))
            for table in db.metadata.sorted_tables
            if table.name not in OTHERWISE
        }
        db.session.remove()
    return found


def wrote(app, clock):
    """A phone of a patient, on which she said how she is; and a clinician who looked."""
    phone = ModelPhone(phone_of(app, clock, new_patient(app, clock)))
    says(phone, 6)
    with app.app_context():
        db.session.get_one(Person, phone.real.owner).email = HERS
        db.session.get_one(Person, CAST["manager"][:2]).name = "Nadia"
        audit.read(staff(), "patient", [ANA[1]])
        data_keys.begin_with_newest(db.session.connection())
        db.session.commit()
        db.session.remove()
    return phone


def signs_in_again(phone, password=PASSWORD):
    phone.real.app.config["WTF_CSRF_ENABLED"] = False
    return phone.real.browser.post("/sign-in", data={"clinic": CLINIC, "email": HERS, "password": password}).status_code


def says(phone, mood):
    phone.open_form("check-in", None)
    phone.save(phone.forms[-1], {"mood": mood}, "2026-11-20T07:48:12-05:00")
    syncs(phone)


def syncs(phone):
    for _ in range(4):
        asked = phone.ask(100)
        answer = phone.real.browser.post("/sync", json=asked.call, headers={"X-Tidelog": "1"})
        phone.hear(asked, answer.status_code, answer.get_json())


def moods(app):
    with app.app_context():
        found = sorted(db.session.scalars(select(CheckIn.mood)))
        db.session.remove()
    return found


def test_what_comes_back_is_what_was_there_and_the_chain_holds(app_on_both, clock, tmp_path):
    wrote(app_on_both, clock)
    with app_on_both.app_context():
        lasting_hash("KT-1")
        db.session.commit()
    before = held(app_on_both)
    command(app_on_both, "backup", str(tmp_path / "copy"))
    with emptied(app_on_both).app_context():
        lasting_hash("KT-1")  # as tables begin
        db.session.commit()
    command(app_on_both, "restore", str(tmp_path / "copy"))
    assert held(app_on_both) == before
    with app_on_both.app_context():
        assert list(chain.findings(CLINIC)) == []
        assert person_at(CLINIC, ANA[3]).id == ANA[1]
        audit.read(staff(), "patient", [ANA[1]])  # the next number is free
        db.session.remove()


def test_after_a_restore_postgresql_knows_how_many_rows_it_has(clock, tmp_path, one_database):
    """Each row that points to another has it looked up; not knowing, it goes through all that a patient wrote."""
    for app in made(one_database, clock):
        wrote(app, clock)
        command(app, "backup", str(tmp_path / "copy"))
        command(emptied(app), "restore", str(tmp_path / "copy"))
        with app.app_context():
            known = db.session.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'version'"))
            assert known == db.session.scalar(text("SELECT count(*) FROM version"))
            db.session.remove()


def test_a_clinic_that_grows_moves_from_sqlite_to_postgresql(app, clock, tmp_path, one_database):
    wrote(app, clock)
    command(app, "backup", str(tmp_path / "copy"))
    for larger in made(one_database, clock):
        command(emptied(larger), "restore", str(tmp_path / "copy"))
        assert held(larger) == held(app)


def test_phones_send_again_what_a_restore_lost_also_when_the_same_backup_is_restored_twice(
    app_on_both, clock, tmp_path
):
    phone = wrote(app_on_both, clock)
    command(app_on_both, "backup", str(tmp_path / "copy"))
    for mood in (7, 8):
        says(phone, mood)
        clock.forward(minutes=5)
        command(emptied(app_on_both), "restore", str(tmp_path / "copy"))
        assert moods(app_on_both) == [6]
        syncs(phone)
        assert moods(app_on_both) == [6], "nothing comes from a phone whose owner has not signed in again"
        assert signs_in_again(phone) == 302
        syncs(phone)
        assert moods(app_on_both) == list(range(6, mood + 1))
        assert not phone.outbox


def test_after_a_restore_no_lost_phone_no_used_sheet_and_no_code_is_a_way_in_again(app_on_both, clock, tmp_path):
    app = app_on_both
    app.config["WTF_CSRF_ENABLED"] = False
    lost = wrote(app, clock)
    app.test_client().post("/sign-in", data={"clinic": CLINIC, "email": CAST["clinician"][3], "password": PASSWORD})
    with app.app_context():
        sheet = invite(db.session.get_one(Person, ANA[:2]), None)
        db.session.commit()
        code = new_code(db.session.get_one(Person, lost.real.owner))
        db.session.remove()
    command(app, "backup", str(tmp_path / "copy"))
    with app.app_context():
        close_sign_ins(db.session.get_one(Person, lost.real.owner))
        withdraw()
        db.session.commit()
        db.session.remove()
    command(emptied(app), "restore", str(tmp_path / "copy"))
    assert lost.real.browser.get("/me").status_code == 401
    assert app.test_client().post("/invited", data={"code": sheet}).status_code == 422
    assert app.test_client().post("/sign-in/code", data={"code": code}).status_code == 422
    with app.app_context():
        assert all(db.session.scalars(select(SignIn.revoked_at)))
        assert not any(db.session.scalars(select(Device.key_hash)))
        db.session.remove()


def test_a_file_opens_to_its_key_alone_and_only_whole(app, clock, tmp_path):
    wrote(app, clock)
    copy = tmp_path / "copy"
    command(app, "backup", str(copy))
    whole = copy.read_bytes()
    assert ANA[1].encode() not in whole
    emptied(app)
    (tmp_path / "other").write_text(boxed.new_pair()[1])
    assert "does not open" in command(app, "restore", "--key-file", str(tmp_path / "other"), str(copy), ok=False)
    for blow in (whole[:-1], whole[:-200], whole[:70] + b"x" + whole[71:], b"something else", whole + b"x"):
        copy.write_bytes(blow)
        assert "does not open" in command(app, "restore", str(copy), ok=False)
        assert moods(app) == []
    copy.write_bytes(whole)
    command(app, "restore", str(copy))
    assert moods(app) == [6]


@pytest.mark.parametrize("said", [KEY, f"BACKUP_KEY={KEY}\n"], ids=["alone", "as it is printed"])
def test_the_key_is_read_from_a_file_or_typed_and_never_stands_on_the_command_line(app, clock, tmp_path, said):
    wrote(app, clock)
    command(app, "backup", str(tmp_path / "copy"))
    (tmp_path / "key").write_text(said)
    ways = ((["--key-file", str(tmp_path / "key")], None), (["--key-file", "-"], said), ([], said))
    for words, typed in ways:
        runner = emptied(app).test_cli_runner(env={"BACKUP_KEY": ""})
        ran = runner.invoke(args=["restore", *words, str(tmp_path / "copy")], input=typed)
        assert (ran.exit_code, KEY in ran.output) == (0, False), ran.output
        assert moods(app) == [6]
    assert "No such option" in runner.invoke(args=["restore", "--key", KEY, str(tmp_path / "copy")]).output


def test_a_backup_that_is_killed_leaves_the_one_before(app, clock, tmp_path, monkeypatch):
    wrote(app, clock)
    copy = tmp_path / "copy"
    command(app, "backup", str(copy))
    before = copy.read_bytes()
    with app.app_context():
        db.session.execute(text("DROP TABLE visit"))  # the last tables cannot be read
        db.session.commit()
        db.session.remove()
    command(app, "backup", str(copy), ok=False)
    assert copy.read_bytes() == before
    assert list(tmp_path.iterdir()) == [copy], "half of one takes room and opens nothing"


def test_a_backup_for_which_there_is_no_room_says_so_and_takes_none(app, clock, tmp_path):
    wrote(app, clock)
    (tmp_path / "copy.part").symlink_to("/dev/full")
    said = command(app, "backup", str(tmp_path / "copy"), ok=False)
    assert "Error: No backup was made: No space left on device." in said
    assert list(tmp_path.iterdir()) == []


def test_it_comes_into_an_empty_database_alone_and_with_the_keys_of_its_rows(app, clock, tmp_path):
    wrote(app, clock)
    command(app, "backup", str(tmp_path / "copy"))
    assert "not empty" in command(app, "restore", str(tmp_path / "copy"), ok=False)
    emptied(app)
    other = create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], {2: b"n" * 32}), clock)
    command(other, "restore", str(tmp_path / "copy"), ok=False)
    assert moods(app) == []
    newer = create_app(Settings(SECRET, app.config["SQLALCHEMY_DATABASE_URI"], {2: b"n" * 32, **KEYS}), clock)
    command(newer, "restore", str(tmp_path / "copy"))
    assert moods(newer) == [6]


def test_no_piece_can_be_left_out_moved_or_cut_off(monkeypatch):
    """What is packed inside would notice some of it too; this is noticed by the box itself."""
    monkeypatch.setattr(boxed, "PIECE", 16)
    file = io.BytesIO()
    box = boxed.Box(file, boxed.half(TO))
    box.write(bytes(range(64)))
    box.close()
    whole = file.getvalue()
    begin, each = len(boxed.MAGIC) + boxed.POINT, 16 + boxed.TAG
    pieces = [whole[at : at + each] for at in range(begin, len(whole), each)]
    assert opened(whole) == bytes(range(64))
    assert len(pieces) == 4
    for some in (pieces[:3], pieces[1:], [pieces[1], pieces[0], *pieces[2:]], [*pieces, pieces[3]]):
        with pytest.raises(boxed.Shut):
            opened(whole[:begin] + b"".join(some))


def opened(whole):
    return boxed.Opened(io.BytesIO(whole), boxed.half(KEY)).readall()
