"""The product, and its courier as a process, by a clock that is ahead by as many minutes as the file AHEAD says.

Its push service may be on this machine."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pwa import create_app
from pwa.config import Settings, wall_clock
from pwa.notices import courier


def clock() -> datetime:
    return wall_clock() + timedelta(minutes=float(Path(os.environ["AHEAD"]).read_text()))


settings = Settings.from_env(os.environ)
app = create_app(replace(settings, outgoing=replace(settings.outgoing, to_loopback=True)), clock)
if __name__ == "__main__":
    with app.app_context():
        courier.run()
