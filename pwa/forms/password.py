"""A new password: long enough, and none that is guessed first. There are no rules about signs and capitals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, ValidationError
from wtforms.validators import InputRequired

from pwa.forms.wrong import Wrong

LEAST, LEAST_OF_STAFF, MOST = 8, 12, 256
COMMON = Path(__file__).parent / "data" / "common-passwords.txt"
#: what everyone would try here
OF_THIS_PLACE = ("tidelog", "administrator", "admin", "clinician", "clinic", "clinique", "ketamine", "patient")
#: in which neighbours are no secret, read either way
FORWARD = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm")
ROWS = (*FORWARD, *(row[::-1] for row in FORWARD))
OF_A_ROW, OF_A_NAME, OF_A_WORD = 4, 3, 6
#: so many different common words are a sentence, and no longer what everyone tries
A_FEW = 3
REPEATED = re.compile(r"(.)\1{2,}|(.{3,}?)\2+")


def least_of(role: str) -> int:
    """How long a password of somebody with this role must be."""
    return LEAST if role == "patient" else LEAST_OF_STAFF


class NewPassword(PasswordField):
    """`least` and `own` are the page's: how long it must be, and their name, address and clinic, whose it is."""

    least: int = LEAST
    own: Iterable[str] = ()

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(
            label, [InputRequired(_("Type your new password.")), long_enough, not_guessed_first], **options
        )


def long_enough(form: Any, field: NewPassword) -> None:
    if len(field.data) < field.least:
        raise ValidationError(_("This is too short: it takes at least %(least)s characters.", least=field.least))
    if len(field.data) > MOST:
        raise ValidationError(Wrong("long", max=MOST))


def not_guessed_first(form: Any, field: NewPassword) -> None:
    """What everyone would try for this person counts for nothing, and the rest must be long enough by itself."""
    if not field.least <= len(field.data) <= MOST:
        return
    counted = what_counts(field.data, field.own)
    if len(counted) < field.least or len(set(counted)) < field.least // 2:
        raise ValidationError(
            _(
                "This is easy to guess. Your name, your clinic’s name, words that many people use and rows such as "
                "1234 do not count. Choose a few words in a row that have nothing to do with you."
            )
        )


def what_counts(typed: str, own: Iterable[str] = ()) -> str:
    """What is left of it without one's own words, repetitions, rows and common words, and the figures behind those."""
    rest = whole = _plain(typed)
    for word in sorted({*OF_THIS_PLACE, *_words(own)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    rest = REPEATED.sub(lambda found: found[1] or found[2], rest)
    rest, _rows = _without(lambda piece: any(piece in row for row in ROWS), OF_A_ROW, rest)
    less, words = _without(lambda piece: piece in common(), OF_A_WORD, rest)
    if len(words) < A_FEW:
        rest = less
    return rest if rest == whole or re.search(r"[^\W\d_]", rest) else ""


def _plain(text: str) -> str:
    """Small letters without accents."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))


def _words(own: Iterable[str]) -> Iterator[str]:
    """Each part of a name, and of an address what stands before the @."""
    for text in map(_plain, own):
        said, _at, host = text.partition("@")
        yield from (word for word in (text, host, *re.split(r"[\W\d_]+", said)) if len(word) >= OF_A_NAME)


def _without(is_known: Callable[[str], bool], least: int, text: str) -> tuple[str, set[str]]:
    """The longest pieces that are known are taken out; and which they were."""
    rest, found, at = "", set(), 0
    while at < len(text):
        ends = range(len(text), at + least - 1, -1)
        end = next((end for end in ends if is_known(text[at:end])), at)
        if end > at:
            found.add(text[at:end])
        else:
            rest, end = rest + text[at], at + 1
        at = end
    return rest, found


@cache
def common() -> frozenset[str]:
    """As they are, and without the figures and signs behind them."""
    lines = [line for line in COMMON.read_text().splitlines() if not line.startswith("# ")]
    words = (line.rstrip("0123456789!?.*@#$-_") for line in lines)
    return frozenset(lines) | {word for word in words if len(word) >= OF_A_WORD}
