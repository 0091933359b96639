"""Names and codes as people type them: without accents, in any case and order, with a hyphen, a space or nothing.
And what a name may hold, since a name says who did something."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import permutations

#: letters that are no letter and an accent
PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
#: of how many words every order is tried
MOST = 6
#: besides letters, their accents and digits. No brackets: in those a page says what it says of somebody itself
SIGNS = frozenset(" \u00a0.,;:'’‘`´-‐‑–—/&+!?\"“”«»·°")
KINDS = ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd")
#: letters and marks that show as nothing
UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
UNSEEN |= {chr(code) for first, last in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for code in range(first, last + 1)}
#: of no kind that shows, and what is put where one was kept all the same
HIDDEN, INSTEAD = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"), "\ufffd"
#: pieces that a tall bracket is made of are of another kind than brackets
PIECES = ("\u239b", "\u23b1")
#: alphabets whose letters look like each other's
ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
#: letters of two of them, and letters and digits, that one takes for each other
LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԌԚԜасеіјорѕухһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧανοιρυχՕՍօսոհɑɡ",
    "ABESIJKMHOPCTYXYGQWaceijopsyxhdqwlABEZHIKMNOPTYXavoipuxOUounhag",
)
#: of small letters; i, l, 1 and | count as one, and so do o and 0
PAIRS = (("l", "i"), ("1", "i"), ("|", "i"), ("0", "o"), ("rn", "m"), ("vv", "w"), ("ci", "d"))


def folded(text: str) -> str:
    """Its letters and digits alone, the small ones, without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum()).translate(PLAIN)


def looks(text: str) -> str:
    """The same for names that one takes for each other: of another alphabet, width or case, or l for I."""
    alike = folded(unicodedata.normalize("NFKC", text).translate(LOOKS)).translate(LOOKS)
    for two, one in PAIRS:
        alike = alike.replace(two, one)
    return alike


def no_name(text: str, also: str = "") -> str | None:
    """Why this is none: it holds a wrong `sign`, `nothing` that one sees, or in one word two alphabets (`mixed`)."""
    if not folded(text):
        return "nothing"
    if any(sign not in also and not _is_fit(sign) for sign in text) or unicodedata.category(text[0]).startswith("M"):
        return "sign"
    return "mixed" if any(len(set(_alphabets(word))) > 1 for word in text.split()) else None


def shown(name: str) -> str:
    """As it may stand on a page, also one that was kept before names were looked at: nothing hidden, no brackets. Of
    somebody erased there is none."""
    seen = "".join(map(_shown, name))
    return seen if not name or folded(seen) or INSTEAD in seen else f"{seen}{INSTEAD}"


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in HIDDEN or sign in UNSEEN:
        return INSTEAD
    if kind == "Ps" or PIECES[0] <= sign <= PIECES[1]:
        return "‹"
    return "›" if kind == "Pe" else sign


def _is_fit(sign: str) -> bool:
    return sign in SIGNS or (unicodedata.category(sign) in KINDS and sign not in UNSEEN)


def _alphabets(word: str) -> Iterator[str]:
    for sign in unicodedata.normalize("NFKC", word):
        alphabet = unicodedata.name(sign, "").partition(" ")[0]
        if alphabet in ALIKE:
            yield alphabet


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
