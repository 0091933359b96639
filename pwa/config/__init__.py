"""Settings from the environment, read once; wrong ones are refused at start."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pwa.config.keys import Keys, is_row, keys_from
from pwa.config.metrics import metrics_token
from pwa.config.outgoing import Outgoing
from pwa.config.upkeep import Upkeep
from pwa.config.wrong import WrongSetting

SWITCH = {"yes": True, "no": False}
#: what browsers get as the service worker: ours, or one that takes itself away
WORKERS = ("kept", "retired")
#: how log lines are written: for machines, for people, or for people only what went wrong
LOGS = ("json", "text", "quiet")
#: what may stand in front of "://", and the driver that it means
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}

#: hosts that are this machine ("": by a socket), and how one to another is encrypted and its certificate checked
HERE, SURE = ("", "localhost", "127.0.0.1", "::1"), ("verify-full", "verify-ca")


@dataclass(frozen=True)
class Settings:
    secret_key: str
    database_url: str
    keys: Keys = field(repr=False)
    secure_cookies: bool = True
    trusted_proxies: int = 0
    worker: str = "kept"
    logs: str = "json"
    metrics_token: str = field(default="", repr=False)
    outgoing: Outgoing = field(default_factory=Outgoing)
    upkeep: Upkeep = field(default_factory=Upkeep)

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Settings:
        return cls(
            secret_key=_secret(env),
            database_url=_database(env),
            keys=keys_from(env),
            secure_cookies=_switch(env, "SECURE_COOKIES", "yes"),
            trusted_proxies=_count(env, "TRUSTED_PROXIES", "0"),
            worker=_one_of(env, "WORKER", WORKERS),
            logs=_one_of(env, "LOGS", LOGS),
            metrics_token=metrics_token(env),
            outgoing=Outgoing.from_env(env),
            upkeep=Upkeep.from_env(env),
        )


def now() -> datetime:
    """The moment by the application's clock, aware, in UTC."""
    clock: Callable[[], datetime] = current_app.config["CLOCK"]
    return clock()


def wall_clock() -> datetime:
    return datetime.now(UTC)


#: of other kinds in a secret; one that was made by chance has more, one repeated word or sign has fewer
FEWEST_SIGNS = 10


def _secret(env: Mapping[str, str]) -> str:
    secret = env.get("SECRET_KEY", "")
    if len(secret) < 32 or len(set(secret)) < FEWEST_SIGNS or is_row(secret.encode()):
        raise WrongSetting("SECRET_KEY", "must be set, to at least 32 characters that nobody can guess")
    return secret


def _database(env: Mapping[str, str]) -> str:
    text = env.get("DATABASE_URL", "")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # the second for a port that is no number
        raise WrongSetting("DATABASE_URL", "must be an address such as sqlite:////srv/tidelog.db") from None
    if url.drivername not in DRIVERS:
        raise WrongSetting("DATABASE_URL", "must begin with sqlite:// or postgresql://")
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise WrongSetting("DATABASE_URL", "must name a file, such as sqlite:////srv/tidelog.db")
    if url.drivername == "sqlite" and not Path(str(url.database)).is_absolute():
        raise WrongSetting("DATABASE_URL", "must name the file by its whole path, such as sqlite:////srv/tidelog.db")
    if url.drivername != "sqlite" and _host(url) not in HERE and url.query.get("sslmode") not in SURE:
        raise WrongSetting("DATABASE_URL", "must end in ?sslmode=verify-full where the database is another machine's")
    return url.set(drivername=DRIVERS[url.drivername]).render_as_string(hide_password=False)


def _host(url: URL) -> str:
    host = str(url.host or url.query.get("host", ""))
    return "" if host.startswith("/") else host


def _switch(env: Mapping[str, str], name: str, default: str) -> bool:
    value = env.get(name, default)
    if value not in SWITCH:
        raise WrongSetting(name, "must be yes or no")
    return SWITCH[value]


def _count(env: Mapping[str, str], name: str, default: str) -> int:
    value = env.get(name, default)
    if not value.isascii() or not value.isdigit():
        raise WrongSetting(name, "must be a whole number, 0 or more")
    return int(value)


def _one_of(env: Mapping[str, str], name: str, choices: Sequence[str]) -> str:
    """The first is meant where nothing is said."""
    value = env.get(name, choices[0])
    if value not in choices:
        raise WrongSetting(name, f"must be {' or '.join(choices)}")
    return value
