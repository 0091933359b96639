"""What the forms ask, in words: for whoever reads a body and does not know its codes."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form

from pwa.domain import checkin
from pwa.forms.groups import Group
from pwa.forms.kinds import KINDS


def spoken() -> dict[str, Any]:
    """Of each kind that a patient writes: name → label, words of its choices, how its number is said, fields within."""
    return {name: _fields(kind.form()) for name, kind in KINDS.items() if kind.writer == "patient"}


def _fields(form: Form) -> dict[str, Any]:
    return {field.name: _field(field) for field in form}


def _field(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {"label": str(field.label.text)}
    if choices := getattr(field, "choices", None):
        said["choices"] = {choice.value: str(choice.label) for choice in choices}
    if isinstance(field, Group):
        said["fields"] = _fields(field.inner)
    if number := _numbers().get(field.name):
        said["number"] = number
    return said


def _numbers() -> dict[str, str]:
    scales = {scale.id: _("{n} of {max}").replace("{max}", f"{scale.max:g}") for scale in checkin.SCALES}
    return {**scales, "sleep": _("{n} h"), "pulse": _("{n} a minute")}
