"""A text as a square that a phone's camera reads: dark on white in any theme, drawn without style or script."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr(text: str, name: str) -> Markup:
    """`name` is what a screen reader says."""
    drawn = segno.make(text, micro=False, error="m")
    return Markup(drawn.svg_inline(omitsize=True, svgclass=None, lineclass=None, light="#fff", title=name))  # noqa: S704
