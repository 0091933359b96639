"""The one place where JSON meets a form: an object becomes what a browser would have posted.

Rules. A key that the form has no field for is refused. A value must be of the JSON type that its field names; nothing
is converted: true is no number, 6.0 is no whole number, "6" is no number, 6 is no words. null is refused, since "not
answered" is a key left out, and a null would pass for 0 on its way to a chart. 0 and false are answers. Objects and
lists go only to fields made for them. Not-a-number and infinity reach the form as text, and its range refuses them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import Form

from pwa.forms.wrong import Error, Wrong


class Posted(dict[str, list[Any]]):
    """What a form reads: a list of values for each name."""

    def getlist(self, name: str) -> list[Any]:
        return self[name]


class BodyForm(Form):
    """Of what is in a version. Filled again and again, most of its fields stay blank: looked at are those of which
    something is said now or was the last time, and those that must not be blank."""

    form_errors: list[Wrong]
    #: what it was filled with the last time; None: it is on a page, like any form
    filled: Posted | None = None

    def fill(self, posted: Posted) -> None:
        if self.filled is None:
            self.process(Posted())
            self.never_blank = {name for name, field in self._fields.items() if not field.validate(self)}
        changed = (self.filled or {}).keys() | posted.keys()
        self.filled, self.form_errors = posted, []
        for name in changed:
            self._fields[name].process(posted)
        self.looked_at = [self._fields[name] for name in changed | self.never_blank]

    def validate(self, extra_validators: Any = None) -> bool:
        if self.filled is None:
            return bool(super().validate(extra_validators))
        return not [field for field in self.looked_at if not field.validate(self)]


def judge_with(form: BodyForm, body: Mapping[str, Any]) -> list[Error]:
    """Fills the form with the object and says what is wrong; nothing: `form.data` holds the answers."""
    posted, errors = as_posted(form, body)
    form.fill(posted)
    if not form.validate():
        refused = {"body", *(error["field"] for error in errors)} if errors else set()
        errors += [error for error in found(form) if error["field"] not in refused]
    return errors


def as_posted(form: BodyForm, body: Mapping[str, Any]) -> tuple[Posted, list[Error]]:
    posted, errors = Posted(), []
    fields = form._fields
    for name, value in body.items():
        field = fields.get(name)
        if field is None:
            errors.append(Wrong("unknown").of(named(name)))
        elif type(value) in field.json:
            posted[name] = [value if isinstance(value, (list, dict, str)) else str(value)]
        else:
            errors.append(Wrong("blank" if value is None else field.wrong).of(name))
    return posted, errors


def found(form: BodyForm) -> list[Error]:
    """What a validated form holds against its fields, and against the whole under the name "body"."""
    errors: list[Error] = [wrong.of("body") for wrong in form.form_errors]
    for name, field in form._fields.items():
        for wrong in field.errors:
            errors += wrong if isinstance(wrong, list) else [wrong.of(name)]
    return errors


def named(key: str) -> str:
    """A key that somebody else made up, cut to what an operator may see of it: a plain name, never a sentence."""
    return key if len(key) <= 24 and key.isascii() and key.replace("_", "").replace("-", "").isalnum() else "body"
