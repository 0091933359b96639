"""The product, served as in earnest: gunicorn on a port of its own, with a demo clinic that is made once and kept."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent
DATA_KEYS = "1:darUCwupeg7bvWCLid0TU-fqHc2bI1dRAUA8ffM5VB8="
DEMO = ("--patients", "12", "--days", "120", "--seed", "7")


@contextmanager
def demo_clinic(folder: Path, amount: Sequence[str] = DEMO) -> Iterator[tuple[str, str]]:
    """The address of a served demo clinic, and the password of its people."""
    folder.mkdir(parents=True, exist_ok=True)
    env = environment(folder / "demo.db")
    said = folder / "said"
    flask("db", "upgrade", env=env)
    if not said.exists():
        said.write_text(flask("demo", *amount, env=env))
    with served(env) as address:
        yield address, password_in(said.read_text())


def environment(database: Path) -> dict[str, str]:
    secrets = {"SECRET_KEY": "a secret for trials that is long enough", "DATA_KEYS": DATA_KEYS}
    settings = {"DATABASE_URL": f"sqlite:///{database.resolve()}", "SECURE_COOKIES": "no", "LOGS": "quiet"}
    settings["BACKUP_TO"] = "none"
    return {**os.environ, **secrets, **settings}


def flask(*words: str, env: dict[str, str]) -> str:
    run = subprocess.run([BIN / "flask", "--app", "wsgi", *words], env=env, check=True, capture_output=True, text=True)
    return run.stdout


def password_in(said: str) -> str:
    line = next(line for line in said.splitlines() if "password" in line.lower())
    return line.split(":")[-1].strip()


@contextmanager
def served(env: dict[str, str], port: int | None = None) -> Iterator[str]:
    port = port or free_port()
    words = [BIN / "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "8", "--log-level", "warning", "wsgi:app"]
    server = subprocess.Popen(words, env=env)
    try:
        wait_for(f"http://localhost:{port}")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(10)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
            return
        except urllib.error.HTTPError:  # not well, perhaps for want of a courier, but there
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} does not answer")
