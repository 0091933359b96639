"""Fields that hold an object, or a list of objects: each is judged by one inner form, made once and used again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from wtforms import Field, Form
from wtforms.validators import StopValidation

from pwa.forms.adapter import BodyForm, judge_with
from pwa.forms.fields import Check
from pwa.forms.wrong import Error, Wrong

MOST, REMEMBERED = 200, 5000


class Group(Field):
    """An object. `inner` is its form, for pages to show; errors are named with their way: hours.en."""

    json: ClassVar[tuple[type, ...]] = (dict,)
    wrong = "group"

    def __init__(self, label: str, inner: type[BodyForm], *checks: Check, **options: Any) -> None:
        super().__init__(label, list(checks), **options)
        self.inner = inner()

    def process_formdata(self, raw: Sequence[Any]) -> None:
        self.data = raw[0] if raw else None

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and (errors := judge_with(self.inner, self.data)):
            raise StopValidation([{**error, "field": f"{self.name}.{error['field']}"} for error in errors])


class GroupList(Group):
    """A list of objects, of which no two have the same value under `key`: effects.2.severity."""

    json = (list,)
    wrong = "list"

    def __init__(self, label: str, inner: type[BodyForm], key: str, *checks: Check, **options: Any) -> None:
        super().__init__(label, inner, *checks, **options)
        self.key = key
        #: answers repeat: few effects, few severities; each is judged once
        self.judged: dict[str, list[Error]] = {}

    def pre_validate(self, form: Form) -> None:
        if self.data is None:
            return
        if len(self.data) > MOST:
            raise StopValidation(Wrong("too-large"))
        errors, seen = [], set()
        for place, item in enumerate(self.data):
            of_item = self._judged(item) if type(item) is dict else [Wrong("group").of("")]
            if not of_item and item[self.key] in seen:
                of_item = [Wrong("twice").of(self.key)]
            if of_item:
                errors += [{**error, "field": f"{self.name}.{place}.{error['field']}".rstrip(".")} for error in of_item]
            else:
                seen.add(item[self.key])
        if errors:
            raise StopValidation(errors)

    def _judged(self, item: dict[str, Any]) -> list[Error]:
        same = repr(item)  # tells 1 from true and from 1.0, which compare as equal
        if same not in self.judged:
            if len(self.judged) >= REMEMBERED or len(same) > 200:
                return judge_with(self.inner, item)
            self.judged[same] = judge_with(self.inner, item)
        return self.judged[same]
