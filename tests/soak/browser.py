"""Chromium on a profile that outlives it, which can be killed at any moment and tells at once what its pages say."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.browser.scene import Phone

SAID, AT_JOURNAL = "soak: saved", "soak: at the journal"
SCRIPTS = Path(__file__).parent / "scripts"


class SoakedPhone(Phone):
    def open(self) -> Page:
        page = super().open()
        self.context.add_init_script(path=SCRIPTS / "tell.js")
        self.context.set_default_timeout(15_000)
        return page

    def kill(self) -> None:
        """SIGKILL, to the browser and all its children at once."""
        while process := browser_of(self.profile):
            with suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
            time.sleep(0.01)
        with suppress(Error):
            self.context.close()


def script(name: str) -> str:
    """A function for `page.evaluate`."""
    text = (SCRIPTS / f"{name}.js").read_text("utf-8").rstrip().removesuffix(";")
    return text[text.index("*/") + 2 :].strip()


def browser_of(profile: Path) -> int:
    """The number of the process that has this profile open; 0 if none has. It leads a group of its own."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes().split(b"\0")
            if f"--user-data-dir={profile}".encode() in words and not any(w.startswith(b"--type=") for w in words):
                return int(path.parent.name)
    return 0
