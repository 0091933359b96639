"""Fields that meet a browser's form and a phone's JSON alike. `json` names the JSON types that the adapter lets in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    FloatField,
    Form,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import StopValidation

from pwa.domain.limits import Range
from pwa.forms.wrong import Wrong

Check = Callable[[Form, Any], None]
Choices = Iterable[tuple[Any, str]]

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})")


def nothing() -> None:
    """The default of every answer; WTForms calls defaults, and stumbles at one that cannot be called."""


#: what PostgreSQL cannot keep in a text: the null character, and half of a pair
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class Number(FloatField):
    """A number of a range; blank unless it is answered, and blank is not 0."""

    json: ClassVar[tuple[type, ...]] = (int, float)
    wrong = "number"

    def __init__(self, label: str, range: Range, *checks: Check, **options: Any) -> None:
        self.range = range
        options.setdefault("render_kw", {}).update(min=f"{range.min:g}", max=f"{range.max:g}")
        options.setdefault("default", nothing)
        super().__init__(label, [within, *checks], **options)

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data = self.read(raw[0]) if raw and raw[0] else None

    def read(self, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise ValueError(Wrong("number")) from None


class Whole(Number, IntegerField):
    json = (int,)
    wrong = "whole"
    widget = IntegerField.widget

    def read(self, text: str) -> int:
        try:
            return int(text)
        except ValueError:
            raise ValueError(Wrong("whole")) from None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class Text(StringField):
    """Words of at most `most` characters."""

    json: ClassVar[tuple[type, ...]] = (str,)
    wrong = "words"

    def __init__(self, label: str, most: int, *checks: Check, **options: Any) -> None:
        self.most = most
        options.setdefault("render_kw", {}).update(maxlength=most)
        options.setdefault("default", nothing)
        super().__init__(label, [fits, *checks], **options)

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data = raw[0] if raw and raw[0] else None


class LongText(Text, TextAreaField):
    widget = TextAreaField.widget


class OneOf(RadioField):
    """One of the choices, as buttons. The labels are translated when they are shown."""

    json: ClassVar[tuple[type, ...]] = (str,)
    wrong = "choice"

    def __init__(self, label: str, choices: Choices, *checks: Check, **options: Any) -> None:
        labelled = [SelectChoice(str(value), lazy_gettext(text)) for value, text in choices]
        self.known = {choice.value for choice in labelled}
        options.setdefault("default", nothing)
        super().__init__(label, list(checks), choices=labelled, validate_choice=False, **options)

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data: Any = raw[0] if raw and raw[0] else None

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and str(self.data) not in self.known:
            raise StopValidation(Wrong("choice"))


class OneNumber(OneOf):
    """One of a few numbers that have names, such as 0 none to 3 severe."""

    json = (int,)

    def __init__(self, label: str, choices: Choices, *checks: Check, **options: Any) -> None:
        super().__init__(label, choices, *checks, coerce=int, **options)

    def process_formdata(self, raw: Sequence[str]) -> None:
        super().process_formdata(raw)
        self.data = int(self.data) if self.data in self.known else self.data


class Several(Field):
    """Some of the choices, each at most once, in a list."""

    json: ClassVar[tuple[type, ...]] = (list,)
    wrong = "list"

    def __init__(self, label: str, choices: Choices, *checks: Check, **options: Any) -> None:
        self.choices = [SelectChoice(value, lazy_gettext(text)) for value, text in choices]
        self.known = {choice.value for choice in self.choices}
        super().__init__(label, list(checks), **options)

    def process_formdata(self, raw: Sequence[Any]) -> None:
        self.data = raw[0] if raw else None

    def pre_validate(self, form: Form) -> None:
        if self.data is None:
            return
        if not all(type(one) is str and one in self.known for one in self.data):
            raise StopValidation(Wrong("choice"))
        if len(set(self.data)) < len(self.data):
            raise StopValidation(Wrong("twice"))


class YesNo(BooleanField):
    json: ClassVar[tuple[type, ...]] = (bool,)
    wrong = "yes-no"

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data = raw[0] not in ("False", "false", "") if raw else None


class Id(StringField):
    """Names a record."""

    json: ClassVar[tuple[type, ...]] = (str,)
    wrong = "id"

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data = raw[0] if raw and raw[0] else None
        if self.data is not None and not ID.fullmatch(self.data):
            raise ValueError(Wrong("id"))


class Day(StringField):
    """A civil day: text of the form 2026-11-20, read as a date."""

    json: ClassVar[tuple[type, ...]] = (str,)
    wrong = "day"

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data = day_in(raw[0]) if raw and raw[0] else None
        if raw and raw[0] and self.data is None:
            raise ValueError(Wrong("day"))


class Moment(StringField):
    """A moment with its offset: text of the form 2026-11-20T07:40:00-05:00, read as an aware datetime."""

    json: ClassVar[tuple[type, ...]] = (str,)
    wrong = "moment"

    def process_formdata(self, raw: Sequence[str]) -> None:
        self.data = moment_in(raw[0]) if raw and raw[0] else None
        if raw and raw[0] and self.data is None:
            raise ValueError(Wrong("moment"))


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def moment_in(text: str) -> datetime | None:
    """None as well for years that a database or a zone's shift could not hold."""
    try:
        moment = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        return None
    return moment if moment and 1900 <= moment.year < 3000 else None


def needed(form: Form, field: Any) -> None:
    if field.errors or field.data is None:
        raise StopValidation(None if field.errors else Wrong("needed"))
    if isinstance(field.data, str) and not field.data.strip():
        raise StopValidation(Wrong("needed"))


needed.field_flags = {"required": True}  # type: ignore[attr-defined]


def within(form: Form, field: Number) -> None:
    # "not within" and not "outside": every comparison with not-a-number is false
    if field.data is not None and not field.range.min <= field.data <= field.range.max:
        raise StopValidation(Wrong("range", min=field.range.min, max=field.range.max))


def in_halves(form: Form, field: Number) -> None:
    if field.data is not None and field.data * 2 % 1 != 0:
        raise ValidationError(Wrong("halves"))


def fits(form: Form, field: Text) -> None:
    if field.data is None:
        return
    if len(field.data) > field.most:
        raise StopValidation(Wrong("long", max=field.most))
    if UNKEEPABLE.search(field.data):
        raise StopValidation(Wrong("letter"))
