"""The keys under which the database keeps words, names and secrets, by number."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from pwa.config.wrong import WrongSetting

BYTES = 32
#: of other kinds in a key; of 32 that are made by chance about 30 are
FEWEST_KINDS = 16
#: its number stands as one byte in front of what is kept under it
MOST = 255
MUST = "must be keys by number, such as 2:…,1:…, the first to write with; `python -m pwa.config.new_key 1` makes one"

#: number → key; the first writes, all of them read
Keys = Mapping[int, bytes]


def keys_from(env: Mapping[str, str]) -> Keys:
    """Of `DATA_KEYS`. There is no default: without its key nothing that is kept can be read again."""
    keys = [_key(each.strip()) for each in env.get("DATA_KEYS", "").split(",")]
    if len({number for number, _ in keys}) < len(keys):
        raise WrongSetting("DATA_KEYS", MUST)
    return dict(keys)


def new_key(number: int) -> str:
    """As it stands in `DATA_KEYS`."""
    return f"{number}:{base64.urlsafe_b64encode(secrets.token_bytes(BYTES)).decode()}"


def is_row(signs: bytes) -> bool:
    """As a, b, c or 9, 8, 7: the same step from one to the next, mostly."""
    steps = Counter(after - before for before, after in pairwise(signs))
    return max(steps.values()) * 2 > len(signs)


def _key(text: str) -> tuple[int, bytes]:
    number, _, key = text.partition(":")
    try:
        raw = base64.b64decode(key, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    is_made_by_chance = len(raw) == BYTES and len(set(raw)) >= FEWEST_KINDS and not is_row(raw)
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= MOST and is_made_by_chance):
        raise WrongSetting("DATA_KEYS", MUST)
    return int(number), raw
