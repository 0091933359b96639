"""What a rotation of keys, a backup and a restore take, and that each, killed half-way and begun again, loses nothing:
`python -m tests.bench.keeping 1000000`, or of one of them `… 1000000 SQLite`."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import LargeBinary, create_engine, func, select, text, type_coerce
from sqlalchemy.engine import make_url

from pwa import create_app
from pwa.config import Settings
from pwa.config.keys import keys_from
from pwa.records import Version, db
from tests.bench.pages import on_postgres
from tests.conftest import DATA_KEYS, SECRET, begin_anew
from tests.records.killing import NEWER_KEY, begun, give_half
from tests.records.many import NOW, lay_down

BOTH_KEYS = f"{NEWER_KEY},{DATA_KEYS}"
#: what a rotation changes by intent, and a restore; both are told in the trail
OTHERWISE = ("data_key", "server_state", "sign_in", "audit", "audit_chain")
Held = dict[str, tuple[int, int]]


def measure(count: int, *names: str) -> None:
    for name in names or DATABASES:
        database = DATABASES[name]
        with TemporaryDirectory() as folder, database() as (url, empty):
            print(f"\n{name}: {count:,} versions and as many journal entries", flush=True)
            make(url, count)
            before = held(url, BOTH_KEYS)
            rotate(url, count)
            assert held(url, BOTH_KEYS) == before
            back_up(url, Path(folder, "copy"), count)
            make(empty)
            restore(empty, Path(folder, "copy"))
            assert held(empty, BOTH_KEYS) == before
            print("  nothing was lost", flush=True)


@contextmanager
def in_a_folder() -> Iterator[tuple[str, str]]:
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/tidelog.db", f"sqlite:///{folder}/empty.db"


@contextmanager
def on_a_server() -> Iterator[tuple[str, str]]:
    with on_postgres() as url:
        with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("CREATE DATABASE empty"))
        yield url, make_url(url).set(database="empty").render_as_string(hide_password=False)


def make(url: str, count: int = 0) -> None:
    """The tables; where something is to be in them, the cast as well."""
    app = create_app(Settings(SECRET, url, keys_from({"DATA_KEYS": DATA_KEYS})))
    with app.app_context():
        db.create_all()
        if count:
            begin_anew(NOW)
            lay_down(count)
        db.session.remove()
        db.engine.dispose()


def rotate(url: str, count: int) -> None:
    """Half of the versions stand under the new key: a quarter of all is done."""
    engine = create_engine(url)
    order = (Version.clinic_id, Version.patient_id, Version.id)
    with engine.connect() as connection:
        middle = connection.scalar(select(Version.record).order_by(*order).offset(count // 2).limit(1))
    key = select(func.substr(type_coerce(Version.text, LargeBinary), 1, 1)).where(Version.record == middle)

    def is_half() -> bool:
        time.sleep(1)
        with engine.connect() as connection:
            return bool(connection.scalar(key) == b"\2")

    killed("rotate the key", begun(url, "keys", "rotate", data_keys=BOTH_KEYS), is_half)
    ended("rotate the key", begun(url, "keys", "rotate", data_keys=BOTH_KEYS))
    engine.dispose()


def back_up(url: str, copy: Path, count: int) -> None:
    part = copy.with_name("copy.part")
    half = count * 450  # bytes
    killed(
        "backup",
        begun(url, "backup", str(copy), data_keys=BOTH_KEYS),
        lambda: part.exists() and part.stat().st_size > half,
    )
    ended("backup", begun(url, "backup", str(copy), data_keys=BOTH_KEYS))
    print(f"  the file: {copy.stat().st_size / 1e6:,.0f} MB", flush=True)


def restore(url: str, copy: Path) -> None:
    pipe = copy.with_name("pipe")
    os.mkfifo(pipe)
    killed("restore", begun(url, "restore", str(pipe), data_keys=BOTH_KEYS), lambda: give_half(copy, pipe))
    ended("restore", begun(url, "restore", str(copy), data_keys=BOTH_KEYS))


def killed(what: str, run: subprocess.Popen[str], is_half: Callable[[], bool]) -> None:
    began = time.perf_counter()
    while not is_half():
        assert run.poll() is None, "it was through before half of it was seen"
        time.sleep(0.1)
    most = memory(run)
    run.kill()
    over(f"{what}, killed half-way", run, began, signal.SIGKILL, most)


def ended(what: str, run: subprocess.Popen[str]) -> None:
    over(f"{what}, begun again", run, time.perf_counter(), 0, 0)


def over(what: str, run: subprocess.Popen[str], began: float, expected: int, most: int) -> None:
    while not (ending := os.wait4(run.pid, os.WNOHANG))[0]:
        most = memory(run) or most
        time.sleep(0.1)
    _, status, used = ending
    assert status == expected, (what, status)
    seconds = f"{time.perf_counter() - began:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of the processor"
    print(f"  {what}: {seconds}, {most // 1024} MB of memory", flush=True)


def memory(run: subprocess.Popen[str]) -> int:
    """The most so far, in kB, or 0 where it is over. `ru_maxrss` begins with what we held when we began it."""
    lines = Path(f"/proc/{run.pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def held(url: str, data_keys: str) -> Held:
    """Of each table how many rows, and what they say, whatever their order."""
    app = create_app(Settings(SECRET, url, keys_from({"DATA_KEYS": data_keys})))
    with app.app_context(), db.engine.connect() as connection:
        rows = connection.execution_options(yield_per=1000)
        found = {
            table.name: summed(map(repr, rows.execute(select(*(c for c in table.columns if c.name != "email_index")))))
            for table in db.metadata.sorted_tables
            if table.name not in OTHERWISE
        }
    with app.app_context():
        db.engine.dispose()
    return found


def summed(rows: Iterator[str]) -> tuple[int, int]:
    count, total = 0, 0
    for count, row in enumerate(rows, 1):  # noqa: B007 (the last one is returned)
        total ^= int.from_bytes(hashlib.blake2b(row.encode(), digest_size=16).digest())
    return count, total


DATABASES = {"SQLite": in_a_folder, "PostgreSQL": on_a_server}

if __name__ == "__main__":
    measure(int(sys.argv[1]), *sys.argv[2:])
