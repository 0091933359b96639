"""Is it a name: what it may hold, wherever one is typed."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from pwa.domain.names import no_name

WHY = {
    "sign": _(
        "A name is letters, digits, spaces and signs such as . , ’ - & /. No brackets, and nothing that is not seen."
    ),
    "nothing": _("A name has at least one letter or digit."),
    "mixed": _("A word of this name has letters of two alphabets. Type it in one."),
}


def a_name(_form: Any, field: Any) -> None:
    if field.data and (why := no_name(field.data)):
        raise ValidationError(WHY[why])
