"""Flask's commands."""

from flask import Flask


def register(app: Flask) -> None: ...
