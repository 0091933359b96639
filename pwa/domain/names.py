"""Names and codes as people type them: without accents, in any case and order, with a hyphen, a space or nothing."""

from __future__ import annotations

import unicodedata
from itertools import permutations

#: letters that are no letter and an accent
PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
#: of how many words every order is tried
MOST = 6


def folded(text: str) -> str:
    """Its letters and digits alone, the small ones, without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum()).translate(PLAIN)


def words(text: str) -> list[str]:
    return [word for word in map(folded, text.split()) if word]


def is_called(typed: str, code: str, name: str) -> bool:
    """Whether it is the whole code, or the whole name."""
    return folded(typed) == folded(code) or not _orders(typed).isdisjoint(_orders(name))


def holds(typed: str, *called: str) -> bool:
    """Whether each word that was typed is a part of a word."""
    wanted, parts = words(typed), "\n".join(words(" ".join(called)))
    return bool(wanted) and all(word in parts for word in wanted)


def _orders(name: str) -> set[str]:
    """Without spaces, so that Jean Luc is Jean-Luc."""
    those = words(name)
    if len(those) > MOST:
        return {"".join(sorted(those))}
    return {"".join(order) for order in permutations(those)} if those else set()
