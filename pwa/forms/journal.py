"""A journal entry: the patient's own writing, and who may read it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from pwa.domain import journal, limits
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import Id, LongText, OneOf, needed


class JournalForm(BodyForm):
    text = LongText(_("Your words"), limits.JOURNAL, needed)
    prompt = OneOf(_("A question to begin with"), [(prompt.id, prompt.text) for prompt in journal.PROMPTS])
    audience = OneOf(_("Who can read this"), [(audience.id, audience.label) for audience in journal.AUDIENCES], needed)
    treatment = Id(_("Session"))
    #: of what the therapist offered, where it was written from that
    offer = Id(_("What was offered"))
