"""What the phone sends: the envelope, and one version's way in."""

from flask import Flask

BATCH_BYTES = 2 * 1024 * 1024


def register(app: Flask) -> None: ...
