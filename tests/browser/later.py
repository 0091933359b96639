"""The product, and its courier as a process, by a clock that is ahead by as many minutes as the file AHEAD says."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from pwa import create_app
from pwa.config import Settings, wall_clock
from pwa.notices import courier


def clock() -> datetime:
    return wall_clock() + timedelta(minutes=float(Path(os.environ["AHEAD"]).read_text()))


app = create_app(Settings.from_env(os.environ), clock)
if __name__ == "__main__":
    with app.app_context():
        courier.run()
