"""Servers and commands that are forked from a process which has read the product already: most of a start is reading.

As a program it is that process: each line of its input asks for one, each line of its output is the number of one, or
of its end.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import brotli
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache

#: of the tree in which the process runs; compiled once for all servers of it
TEMPLATES = Path(".make/templates")


class Forks:
    def __init__(self, tree: Path) -> None:
        words, pipe = [sys.executable, __file__], subprocess.PIPE
        self.reader = subprocess.Popen(words, cwd=tree, text=True, stdin=pipe, stdout=pipe)
        atexit.register(self.reader.communicate)

    def start(self, module: str, words: Sequence[str], env: Mapping[str, str]) -> int:
        """As `python -m module` with these words. The number of the process, which leads a group of its own."""
        return self._said(module, words, env, waits=False)

    def run(self, module: str, words: Sequence[str], env: Mapping[str, str]) -> int:
        """The code with which it ended."""
        return self._said(module, words, env, waits=True)

    def _said(self, module: str, words: Sequence[str], env: Mapping[str, str], waits: bool) -> int:
        self.reader.stdin.write(json.dumps([module, words, dict(env), waits]) + "\n")
        self.reader.stdin.flush()
        return int(self.reader.stdout.readline())


def kill(number: int) -> None:
    """A power cut. The number stays this server's, as whoever forked it never asks what became of it; so nobody but
    the system can say that it is gone, and not by itself."""
    os.killpg(number, signal.SIGKILL)
    while not has_ended(number):
        time.sleep(0.01)


def has_ended(number: int) -> bool:
    return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].startswith("Z")


@cache
def forks_of(tree: Path) -> Forks:
    """One for each tree of the product, for as long as the tests run: it ends with its input."""
    return Forks(tree)


def main() -> None:
    sys.path[0] = os.getcwd()
    importlib.import_module("gunicorn.app.wsgiapp")
    do_less()
    has_served = False
    for line in sys.stdin:
        module, words, env, waits = json.loads(line)
        has_served = has_served or serve_once(env)
        number = os.fork()
        if number == 0:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(2, 1)
            os.environ.clear()
            os.environ.update(env)
            sys.argv = [module, *words]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
            sys.exit()
        print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) if waits else number, flush=True)


def do_less() -> None:
    """What is worth its time in earnest, as it is done once for many or has to be slow, was most of a server here."""
    passwords, worker = (importlib.import_module(name) for name in ("pwa.accounts.passwords", "pwa.shell.worker"))
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    worker.small = lambda text: brotli.compress(text.encode(), quality=int(os.environ.get("QUALITY", 1)))
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(TEMPLATES.absolute()))}


def serve_once(env: Mapping[str, str]) -> bool:
    """What a process learns of the product as it makes its pages, each server knows from its start."""
    settings = importlib.import_module("pwa.config").Settings.from_env(env)
    with importlib.import_module("pwa").create_app(settings).app_context():
        importlib.import_module("pwa.shell.worker").kept()
    return True


if __name__ == "__main__":
    main()
