"""What the clinic sees: patients, a patient, and what was shared; queries apart from pages."""

from flask import Flask


def register(app: Flask) -> None: ...
