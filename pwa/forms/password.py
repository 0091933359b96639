"""A new password: long enough, and none that is guessed first. There are no rules about signs and capitals."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, ValidationError
from wtforms.validators import InputRequired

from pwa.forms.wrong import Wrong

LEAST, LEAST_OF_STAFF, MOST = 8, 12, 256
COMMON = Path(__file__).parent / "data" / "common-passwords.txt"


def least_of(role: str) -> int:
    """How long a password of somebody with this role must be."""
    return LEAST if role == "patient" else LEAST_OF_STAFF


class NewPassword(PasswordField):
    """`least` and `own` are the page's: how long it must be, and words that everyone would try for this person."""

    least: int = LEAST
    own: Iterable[str] = ()

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(
            label, [InputRequired(_("Type your new password.")), long_enough, not_guessed_first], **options
        )


def long_enough(form: Any, field: NewPassword) -> None:
    if len(field.data) < field.least:
        raise ValidationError(_("This is too short: it takes at least %(least)s characters.", least=field.least))
    if len(field.data) > MOST:
        raise ValidationError(Wrong("long", max=MOST))


def not_guessed_first(form: Any, field: NewPassword) -> None:
    """Breached before, made of this person's own words, or of hardly any signs."""
    typed = field.data.lower()
    rest = typed
    for word in ("tidelog", *field.own):
        rest = rest.replace(word.lower(), "")
    if typed in common() or len(set(rest)) < field.least // 2:
        raise ValidationError(
            _("Many people use this one, or it is easy to guess. Choose another, such as a few words in a row.")
        )


@cache
def common() -> frozenset[str]:
    return frozenset(line for line in COMMON.read_text().splitlines() if not line.startswith("# "))
