"""Real commands as processes of their own, to be killed half-way."""

from __future__ import annotations

import os
from pathlib import Path

from pwa.records.boxed import new_pair
from tests.conftest import DATA_KEYS, SECRET
from tests.forked import Forked, command

TO, KEY = new_pair()
NEWER_KEY = "2:aJIQ24lAnv_PoKR8rw7s1pWfOqvP4sxpzG4Xlz_lnik="


def begun(url: str, *words: str, data_keys: str = DATA_KEYS) -> Forked:
    settings = {"SECRET_KEY": SECRET, "DATA_KEYS": data_keys, "DATABASE_URL": url, "SECURE_COOKIES": "no"}
    return command(*words, env={**os.environ, **settings, "BACKUP_TO": TO, "BACKUP_KEY": KEY})


def give_half(copy: Path, pipe: Path) -> bool:
    """To who reads from the pipe as from a file: it has read all of this but what a pipe holds, and waits for more."""
    with pipe.open("wb") as into, copy.open("rb") as whole:
        into.write(whole.read(copy.stat().st_size // 2))
        into.flush()
    return True
