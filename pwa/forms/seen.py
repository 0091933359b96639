"""The clinic tells a patient that it has seen an entry: a version like others, so that it stands offline too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import Field, Form, ValidationError

from pwa.domain.words import N_
from pwa.forms.adapter import BodyForm
from pwa.forms.fields import ID, Id, Moment, OneOf, needed
from pwa.forms.wrong import Wrong

READERS = (("clinician", N_("Clinician")), ("therapist", N_("Therapist")))


class Ids(Field):
    json: ClassVar[tuple[type, ...]] = (list,)
    wrong = "list"

    def process_formdata(self, raw: Sequence[Any]) -> None:
        self.data = raw[0] if raw else None

    def pre_validate(self, form: Form) -> None:
        if not all(type(one) is str and ID.fullmatch(one) for one in self.data or ()):
            raise ValidationError(Wrong("id"))


class SeenForm(BodyForm):
    #: of the entry that was seen
    entry = Id(_("Entry"), validators=[needed])
    at = Moment(_("Seen"), validators=[needed])
    #: those that stood at the clinic then; what was written before and came later is not among them
    versions = Ids(_("Versions"))
    #: the role of whoever read it, where somebody read it
    by = OneOf(_("Read by"), READERS)
