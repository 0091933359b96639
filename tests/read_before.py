"""What a process has read from which others are forked (`tests/forked.py`).

All but what counts: as it is read, it asks where its own process wants the counts."""

import gc
import sys
from importlib import import_module
from pkgutil import walk_packages

from argon2 import PasswordHasher
from sqlalchemy.orm import configure_mappers

import pwa
from pwa.accounts import passwords

COUNTS = ("pwa.operating.counters", "pwa.operating.metrics", "pwa.operating.requests", "pwa.sync.pages")
COMMANDS = ("flask.cli", "flask_migrate.cli", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread")
DATABASES = ("sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg")

rooms = [room.name for room in walk_packages(pwa.__path__, "pwa.") if room.name not in COUNTS]
for name in (*rooms, *COMMANDS, *DATABASES, "tests.forked"):
    import_module(name)
assert "prometheus_client" not in sys.modules
configure_mappers()
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
