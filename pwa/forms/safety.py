"""What a manager sets of safety: who answers, when, by which rules and figures, and who signed them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField, SelectMultipleField, TimeField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from pwa.domain import safety
from pwa.domain.limits import Range
from pwa.domain.safety.clock import LEAST, MOST
from pwa.domain.words import N_
from pwa.forms.card import is_date
from pwa.forms.fields import Number, Text, Whole, needed
from pwa.forms.names import a_name

#: how many the rota can name
PLACES = 4
WEEKDAYS = (
    ("1", N_("Monday")),
    ("2", N_("Tuesday")),
    ("3", N_("Wednesday")),
    ("4", N_("Thursday")),
    ("5", N_("Friday")),
    ("6", N_("Saturday")),
    ("7", N_("Sunday")),
)


def to_sign(off: Collection[str], levels: Mapping[str, float]) -> list[str]:
    """Rules in use and figures without a published source: each is signed on its own, a figure by its number, so that
    no signature stands for another number."""
    rules = [rule.id for rule in safety.RULES if rule.unconfirmed and (rule.is_always_on or rule.id not in off)]
    return [*rules, *(f"{one.id}={levels[one.id]:g}" for one in safety.LEVELS.values() if one.unconfirmed)]


class Several(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SafetyForm(FlaskForm):
    days = Several(_("Days of cover"), choices=[SelectChoice(day, _(name)) for day, name in WEEKDAYS])
    opens = TimeField(_("From"), [InputRequired()])
    closes = TimeField(_("To"), [InputRequired()])
    closed = Text(_("Closed on these days besides, such as 2026-12-25 2026-12-26"), 1100)
    tells_seen = BooleanField(_("Patients are told when an entry of theirs was seen"))
    rules = Several(_("Rules that are on"), choices=[SelectChoice(rule.id, _(rule.words)) for rule in safety.OPTIONAL])
    signed = Several(_("Signed one by one"), choices=[])
    signed_by = Text(_("Medical lead who signs"), 120, a_name)

    #: only a demo clinic may go without a signature
    must_be_signed = True
    #: rules that are off, own figures and signatures, as a named lead signed them; None: nobody did
    as_signed: tuple[list[str], dict[str, float], list[str]] | None = None
    #: ids of people without an address
    unreachable: Sequence[str] = ()
    #: the question about thoughts is not asked without somebody who answers
    must_name = False

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not self.days.data:
            self.days.errors = [_("Choose at least one day.")]
        if good and self.opens.data >= self.closes.data:
            self.closes.errors = [_("This must be later than the beginning.")]
        if good and not all(is_date(day) for day in self.closed_days()):
            self.closed.errors = [_("Write each day as year-month-day, with a space between two.")]
        if good and self.must_name and not self.rota():
            self.responder_1.errors = [_("Somebody must answer while the question about thoughts is asked.")]
        if good:
            self._must_be_reachable()
        if good and self.must_be_signed:
            self._must_be_signed()
        return bool(good) and not any(field.errors for field in self)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Who can be named (ids and names), and what can be signed."""
        self._keep_ticks()
        for place in range(1, PLACES + 1):
            self[f"responder_{place}"].choices = [SelectChoice(id_, name) for id_, name in (("", "-"), *people)]

    def rota(self) -> list[str]:
        """Ids of people in their order, each once."""
        chosen = (self[f"responder_{place}"].data for place in range(1, PLACES + 1))
        return list(dict.fromkeys(who for who in chosen if who))

    def closed_days(self) -> list[str]:
        return sorted(set((self.closed.data or "").replace(",", " ").split()))

    def minutes(self) -> dict[str, list[int]]:
        return {tier: [self[f"{tier}_{clock}"].data for clock in CLOCKS] for tier in safety.TIERS}

    def off(self) -> list[str]:
        return [rule.id for rule in safety.OPTIONAL if rule.id not in self.rules.data]

    def levels(self) -> dict[str, float]:
        """Those that are not the default."""
        own = self.figures()
        return {id_: value for id_, value in own.items() if value != safety.LEVELS[id_].default}

    def figures(self) -> dict[str, float]:
        """One that is not written well stands at its default until it is."""
        typed = {id_: self[f"level_{id_.replace('-', '_')}"].data for id_ in safety.LEVELS}
        return {id_: safety.LEVELS[id_].default if value is None else value for id_, value in typed.items()}

    def signatures(self) -> list[str]:
        return [one for one in to_sign(self.off(), self.figures()) if one in self.signed.data]

    def signer(self) -> str | None:
        return (self.signed_by.data or "").strip() or None

    def is_as_signed(self) -> bool:
        """Nothing differs from what the lead has signed, whose name then stands."""
        return (self.off(), self.levels(), self.signatures()) == self.as_signed

    def _keep_ticks(self) -> None:
        """A tick that was made for another figure is none; it can be made anew for this one."""
        offered = to_sign((), self.figures())
        self.signed.choices = [SelectChoice(one, one) for one in offered]
        self.signed.data = [one for one in self.signed.data or () if one in offered]

    def _must_be_reachable(self) -> None:
        for place in range(1, PLACES + 1):
            if self[f"responder_{place}"].data in self.unreachable:
                self[f"responder_{place}"].errors = [
                    _("This person has no email address, so no alert would reach them.")
                ]

    def _must_be_signed(self) -> None:
        if not self.signer() and not self.is_as_signed():
            self.signed_by.errors = [_("A named medical lead must sign the rules and figures as they are here.")]
        if self.signatures() != to_sign(self.off(), self.figures()):
            self.signed.errors = [_("What is not confirmed must be signed one by one, and again when it is changed.")]


CLOCKS = {"first": _("Minutes to acknowledge"), "second": _("Then minutes to act")}
for _place in range(1, PLACES + 1):
    setattr(SafetyForm, f"responder_{_place}", SelectField(_("Person %(n)s", n=_place), default=""))
for _tier in safety.TIERS:
    for _clock, _minutes in CLOCKS.items():
        setattr(SafetyForm, f"{_tier}_{_clock}", Whole(_minutes, Range(LEAST, MOST), needed))
for _level in safety.LEVELS.values():
    _name = f"level_{_level.id.replace('-', '_')}"
    setattr(SafetyForm, _name, Number(_(_level.words), Range(_level.min, _level.max), needed))
