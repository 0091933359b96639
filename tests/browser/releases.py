"""A newer release of the product: each kind of entry has one field more, and the check-in's page asks for it."""

from __future__ import annotations

from pathlib import Path

from tools.trees import build, change, copy_tree

NOTE = '    note = LongText(_("A line of your own, if you like"), limits.NOTE)\n'
LINE = '{{ fields.line(form.note, _("Anything to add?"), 2,'
#: file, what stands there, what the newer release has in its place
CHANGES = [
    ("pwa/forms/checkin.py", NOTE, NOTE + '    dream = LongText(_("A dream"), limits.NOTE)\n'),
    ("pwa/forms/kinds.py", 'Kind(CheckInForm, 1, "patient")', 'Kind(CheckInForm, 2, "patient")'),
    ("pwa/forms/schemas.py", "STEPS: Steps = {}", 'STEPS: Steps = {("check-in", 1): dict}'),
    ("pwa/static/js/store/phone.js", "schema = 1,", 'schema = kind === "check-in" ? 2 : 1,'),
    ("pwa/templates/diary/check-in.html", LINE, '{{ fields.line(form.dream, "A dream?", 2, "", "") }}\n  ' + LINE),
    ("pwa/forms/journal.py", "Id, LongText,", "Id, LongText, Text,"),
    ("pwa/forms/journal.py", "    audience = ", '    title = Text(_("Title"), limits.OTHER)\n    audience = '),
    ("pwa/forms/effects.py", "    lasted = ", '    spot = Text(_("Where"), limits.OTHER)\n    lasted = '),
]


def newer(folder: Path) -> Path:
    """Built beside what the present release built, as a deployment does it."""
    tree = copy_tree(folder / "newer")
    for each in CHANGES:
        change(tree, *each)
    build(tree)
    return tree
