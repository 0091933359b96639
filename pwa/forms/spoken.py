"""What the forms ask, in words: for whoever reads a body and does not know its codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from flask_babel import gettext as _
from wtforms import Field, Form

from pwa.domain import checkin
from pwa.forms.fields import Day, Moment
from pwa.forms.groups import Group
from pwa.forms.kinds import KINDS

Answer: TypeAlias = str | float | date


def spoken() -> dict[str, Any]:
    """Of each kind that a patient writes: name → label, words of its choices, how its number is said, fields within."""
    return {name: _fields(kind.form()) for name, kind in KINDS.items() if kind.writer == "patient"}


def answers(kind: str, body: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    """What is answered, in the order of the form: the label, and a choice in words or a value to be written out."""
    yield from _answers(KINDS[kind].form(), body)


def _answers(form: Form, body: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    for field in form:
        value = body.get(field.name)
        if isinstance(field, Group):
            for one in value if isinstance(value, list) else [value or {}]:
                yield from _answers(field.inner, one)
        elif value is not None:
            yield str(field.label.text), _answer(field, value)


def _answer(field: Field, value: Any) -> Answer:
    if choices := getattr(field, "choices", None):
        return next((str(choice.label) for choice in choices if choice.value == str(value)), str(value))
    if isinstance(field, Moment):
        return datetime.fromisoformat(value)
    if isinstance(field, Day):
        return date.fromisoformat(value)
    return value if isinstance(value, (int, float)) else str(value)


def _fields(form: Form) -> dict[str, Any]:
    return {field.name: _field(field) for field in form}


def _field(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {"label": str(field.label.text)}
    if choices := getattr(field, "choices", None):
        said["choices"] = {choice.value: str(choice.label) for choice in choices}
    if isinstance(field, Group):
        said["fields"] = _fields(field.inner)
    if isinstance(field, Moment):
        said["moment"] = True
    if number := _numbers().get(field.name):
        said["number"] = number
    return said


def _numbers() -> dict[str, str]:
    scales = {scale.id: _("{n} of {max}").replace("{max}", f"{scale.max:g}") for scale in checkin.SCALES}
    return {**scales, "sleep": _("{n} h"), "pulse": _("{n} a minute"), "mg": _("{n} mg")}
