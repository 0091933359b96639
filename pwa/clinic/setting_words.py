"""What a change of a setting says in the audit trail: by the words of the page on which it is set."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask_babel import gettext as _

from pwa.clinic.desk import blueprint
from pwa.clinic.words import number
from pwa.domain.safety import TIERS
from pwa.domain.words import N_
from pwa.forms.doors import DoorsForm
from pwa.forms.labels import labels_of
from pwa.forms.safety import CLOCKS, PLACES, SafetyForm

#: under which heading of its page a label stands that says too little alone
HEADINGS = dict.fromkeys(("opens", "closes"), N_("When somebody is there"))
HEADINGS |= {f"responder {place}": N_("Who answers, in this order") for place in range(1, PLACES + 1)}
HEADINGS |= {f"{tier} {clock}": words for tier, words in TIERS.items() for clock in CLOCKS}
SWITCHES = {"tells seen": (N_("no"), N_("yes"))}
ARROW = " → "


@blueprint.app_template_filter("as_set")
def as_set(record: str) -> str:
    """One that no page has any more stays as it was written down."""
    known = _labels()
    name = max((one for one in known if f"{record} ".startswith(f"{one} ")), key=len, default=None)
    if name is None:
        return record
    words = [_(HEADINGS[name])] if name in HEADINGS else []
    words.append(str(known[name]))
    if ARROW in record:
        words.append(ARROW.join(_figure(name, one) for one in record.removeprefix(name).strip().split(ARROW)))
    return f"{_(':')} ".join(words)


def _figure(name: str, figure: str) -> str:
    if name in SWITCHES:
        return str(_(SWITCHES[name][int(figure)]))
    return figure if ":" in figure else number(float(figure))


@cache
def _labels() -> dict[str, Any]:
    """Of every setting, by its name as it is written down."""
    return {name.replace("_", " "): label for name, label in (labels_of(DoorsForm) | labels_of(SafetyForm)).items()}
