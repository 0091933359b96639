"""What staff write of a patient: a note, and how a clinician judges an adverse event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, ValidationError

from pwa.domain import events, limits
from pwa.forms.fields import Day, Id, LongText, OneNumber, OneOf, Text, Whole, YesNo, needed

EDITIONS = limits.Range(0, 9999)


class EditionForm(FlaskForm):
    """One edition of something that keeps them all."""

    #: made when the form opened, so that sending it twice makes one
    record = Id(validators=[needed])
    #: the edition that stood on the screen; 0: none yet
    edition = Whole("", EDITIONS, needed)

    def says_it_was_changed(self, edition: int) -> None:
        """`edition`: the one that stands now."""
        self.form_errors.append(_("Someone changed this meanwhile. Look at it once more, then change it."))
        self.edition.data = edition


class NoteForm(EditionForm):
    text = LongText(_("Note"), limits.JOURNAL, needed)


class GradeForm(EditionForm):
    """Of an effect that the patient reported."""

    grade = OneNumber(_("Grade (CTCAE)"), events.GRADES, needed)
    serious = OneOf(_("Serious"), events.SERIOUS, needed)
    causality = OneOf(_("Caused by the treatment"), events.CAUSALITIES, needed)
    action = OneOf(_("What was done"), events.TAKEN, needed)
    outcome = OneOf(_("Outcome"), events.OUTCOMES, needed)
    began = Day(_("Began on"), [needed])
    ended = Day(_("Ended on"))
    note = LongText(_("Note"), limits.NOTE)
    is_mistake = YesNo(_("Entered by mistake: it leaves the register, and stays in this history"))

    #: the civil day at the clinic, and when the clinic heard of it
    today: date
    heard_on: date

    def validate_outcome(self, field: Any) -> None:
        if self.grade.data and self.serious.data and events.ends_unlike(self.grade.data, self.serious.data, field.data):
            raise ValidationError(_("Grade 5, death as what makes it serious, and death as outcome go together."))

    def validate_began(self, field: Any) -> None:
        if not events.is_order_possible(field.data, self.ended.data, self.day_heard(), self.today):
            raise ValidationError(_("It begins before it ends and before it is heard of, and not after today."))

    def validate_ended(self, field: Any) -> None:
        if field.data and self.outcome.data and self.outcome.data not in events.OVER:
            raise ValidationError(_("What has ended is gone. Choose another outcome, or leave the day out."))

    def day_heard(self) -> date:
        return self.heard_on

    def judged(self) -> dict[str, Any]:
        """By the names of the table."""
        names = ("grade", "serious", "causality", "action", "outcome", "began", "ended", "note")
        return {name: self.data[name] for name in names} | {"is_mistake": bool(self.is_mistake.data)}


class EventForm(GradeForm):
    """Of what the clinic heard another way than in the app."""

    #: its choices are the catalogue with what the clinic added
    effect = SelectField(_("Effect"))
    words = Text(_("In words"), limits.NAME)
    #: its choices are the sessions that were given
    about = SelectField(_("After which session"))
    told = OneOf(_("How the clinic heard of it"), events.TOLD[1:], needed)
    heard = Day(_("Heard on"), [needed])

    def offer(self, effects: Iterable[tuple[str, str]], sessions: Iterable[tuple[str, str]]) -> None:
        """By id and words."""
        none = SelectChoice("", _("something else, in words"))
        self.effect.choices = [none, *(SelectChoice(id_, words) for id_, words in effects)]
        of_none = SelectChoice("", _("none, or not known"))
        self.about.choices = [of_none, *(SelectChoice(record, words) for record, words in sessions)]

    def validate_words(self, field: Any) -> None:
        if not self.effect.data and not (field.data or "").strip():
            raise ValidationError(_("Choose an effect, or say in words what it was."))

    def day_heard(self) -> date:
        return self.heard.data or self.today

    def judged(self) -> dict[str, Any]:
        what = {"effect": self.effect.data or None, "words": (self.words.data or "").strip() or None}
        heard = {"told": self.told.data, "heard": self.heard.data, "about": self.about.data or None}
        return super().judged() | what | heard
