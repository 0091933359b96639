"""What can be wrong with an answer: a code that operators count, and a sentence for the person who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale, gettext

from pwa.domain.words import N_

#: one answer's error as it is kept: {"field", "code"} and the numbers that its sentence names
Error = dict[str, Any]

SENTENCES = {
    # an answer
    "needed": N_("This is needed."),
    "nothing": N_("Nothing is answered here yet."),
    "number": N_("This must be a number."),
    "whole": N_("This must be a whole number."),
    "halves": N_("This must be in whole or half hours."),
    "range": N_("This must be from %(min)s to %(max)s."),
    "choice": N_("This is not one of the answers that can be chosen."),
    "yes-no": N_("This must be yes or no."),
    "words": N_("This must be words."),
    "long": N_("This is too long. At most %(max)s characters fit."),
    "letter": N_("One of the characters here cannot be kept. Please type this again."),
    "list": N_("This must be a list."),
    "group": N_("This part cannot be read."),
    "twice": N_("This is here twice."),
    "blank": N_("This is neither answered nor left out."),
    "unknown": N_("Your clinic’s server does not know this part yet."),
    "phone": N_("This must be a phone number such as +14165550101."),
    "moment": N_("This must be a date and time."),
    "day": N_("This must be a date."),
    "day-out-of-range": N_("The day must be after 1999 and not in the future. Please check the date on your phone."),
    "zone": N_("This must be a time zone."),
    "id": N_("This does not name an entry."),
    # an entry as a whole
    "unreadable": N_("Your clinic’s server could not read this. It is kept as it is."),
    "sealed": N_("Your clinic’s server could not unseal this. It is kept as it is."),
    "too-large": N_("This is too large to be shown to your clinic. It is kept as it is."),
    "unknown-kind": N_("Your clinic’s server does not know this kind of entry yet. It is kept as it is."),
    "not-from-here": N_("Entries of this kind are not written here."),
    "newer": N_("This was written by a newer app than your clinic’s server knows. It is kept as it is."),
    "clash": N_("Two different entries came under one name. Both are kept."),
    "internal": N_("Something went wrong on our side. This is kept, and will be looked at again."),
}


class Wrong:
    """What a field's errors hold: shown, it is the sentence in the reader's language."""

    def __init__(self, code: str, **numbers: float) -> None:
        self.code, self.numbers = code, numbers

    def __str__(self) -> str:
        return str(gettext(SENTENCES[self.code], **self.numbers))

    def of(self, field: str) -> Error:
        return {"field": field, "code": self.code, **self.numbers}


def said(error: Mapping[str, Any], language: str) -> Error:
    """A kept error as the phone gets it: {"field", "code", "message"}, the message in this language."""
    numbers = {name: value for name, value in error.items() if name not in ("field", "code")}
    with force_locale(language):
        message = gettext(SENTENCES.get(error["code"], SENTENCES["internal"]), **numbers)
    return {"field": error["field"], "code": error["code"], "message": message}
