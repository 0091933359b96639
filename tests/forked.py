"""The product's own processes, forked from one that has read it already: most of a start is reading.

Each is as real as one that a shell starts: it has its words and its settings, and it ends with a code or is killed.
What a shell starts itself is seen in `test_config.py` and `test_upgrade.py`.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import NamedTemporaryFile

from tools.serving import wait_for
from tools.trees import ROOT

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.read_before"])
#: with the settings that we give
DEPLOYED = ("--config", "docs/deploy/gunicorn.conf.py")
NOWHERE = Path(os.devnull)


class Forked(FORKS.Process):
    """`Forked("flask", "--app", "wsgi", "courier", env=…)` runs what `python -m flask --app wsgi courier` would."""

    def __init__(self, *words: str, env: Mapping[str, str], says: Path = NOWHERE, logs: Path | None = None) -> None:
        super().__init__(daemon=True)
        self.words, self.env, self.files = words, dict(env), {1: says, 2: logs}
        self.start()

    def run(self) -> None:
        for number, path in self.files.items():
            if path:
                os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if number == 1 else os.O_APPEND)), number)
        os.chdir(ROOT)
        os.environ.clear()
        os.environ.update(self.env)
        sys.argv = list(self.words)
        runpy.run_module(self.words[0], run_name="__main__")

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def wait(self, timeout: float | None = None) -> int:
        """The code with which it ended, or less than 0 for what killed it."""
        self.join(timeout)
        if self.exitcode is None:
            raise subprocess.TimeoutExpired(self.words, timeout or 0)
        return int(self.exitcode)


def command(*words: str, env: Mapping[str, str], says: Path = NOWHERE, logs: Path | None = None) -> Forked:
    return Forked("flask", "--app", "wsgi", *words, env=env, says=says, logs=logs)


def flask(*words: str, env: Mapping[str, str]) -> str:
    """What it said, once it has ended well."""
    with NamedTemporaryFile() as said:
        assert command(*words, env=env, says=Path(said.name)).wait() == 0, words
        return said.read().decode()


def gunicorn(*words: str, env: Mapping[str, str], port: int, logs: Path | None = None) -> Forked:
    return Forked("gunicorn", *words, "--bind", f"127.0.0.1:{port}", "wsgi:app", env=env, logs=logs)


@contextmanager
def running(server: Forked, port: int) -> Iterator[str]:
    """Its address, until it is asked to stop."""
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(60)
