"""What people type who look for an effect."""

import pytest

from pwa.domain.effects import IDS
from pwa.domain.synonyms import SYNONYMS
from pwa.languages import LANGUAGES


def test_each_stands_for_an_effect_of_the_catalogue_in_every_language() -> None:
    assert set(SYNONYMS) <= set(IDS)
    assert all(set(words) == set(LANGUAGES) and all(words.values()) for words in SYNONYMS.values())


@pytest.mark.parametrize(
    ("typed", "effect"),
    [
        ("passed out", "fainting"),
        ("blackout", "fainting"),
        ("can't breathe", "breathless"),
        ("convulsion", "seizure"),
        ("heart attack", "chest-pain"),
        ("puke", "vomiting"),
        ("perdu connaissance", "fainting"),
        ("n'arrive pas à respirer", "breathless"),
        ("fit", "seizure"),
        ("crise cardiaque", "chest-pain"),
        ("vomir", "vomiting"),
        ("évanoui", "fainting"),
    ],
)
def test_plain_words_lead_to_what_may_not_wait(typed: str, effect: str) -> None:
    assert typed in " ".join(SYNONYMS[effect].values())
