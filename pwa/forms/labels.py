"""What a form calls its fields, where no form is shown."""

from __future__ import annotations

from typing import Any

from wtforms import Form
from wtforms.fields.core import UnboundField


def labels_of(form: type[Form]) -> dict[str, Any]:
    """By name, each to be said in the reader's language."""
    fields = {name: getattr(form, name) for name in dir(form)}
    return {name: one.args[0] for name, one in fields.items() if isinstance(one, UnboundField)}
