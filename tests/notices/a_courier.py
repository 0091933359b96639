"""A courier whose clock is a file. With STOP_AT it stands still where a test kills it, and says so by a file."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from pathlib import Path

from pwa import create_app
from pwa.config import Settings
from pwa.notices import courier, mail, sending


def clock() -> datetime:
    return datetime.fromisoformat(Path(os.environ["MOMENT"]).read_text())


def stand_still(*_: object, **__: object) -> None:
    Path(os.environ["MOMENT"]).with_suffix(f".{os.getpid()}").touch()
    signal.pause()  # until it is killed


#: before anything of it is sent; when the server has taken it and nobody noted that yet
STOPS = {"claimed": (mail, "send"), "sent": (sending, "went_out")}

if "STOP_AT" in os.environ:
    setattr(*STOPS[os.environ["STOP_AT"]], stand_still)
courier.REST = 0.1
app = create_app(Settings.from_env(), clock)
with app.app_context():
    courier.run()
