"""Which effects a patient is prone to, and how they are reported after a treatment.

The published figures are shares of patients (see `domain.rates`). So each patient is prone to an effect with that
chance, has it after most treatments if prone, more surely after the first one, and never otherwise.
"""

import random
from collections.abc import Mapping
from typing import Any

from pwa.domain import rates
from pwa.domain.effects import first_ten

#: percent of patients, where nothing was published for IV but the effect is named as common: the nasal label's figures
NAMED_FOR_IV = {
    "headache": 20,
    "blurred-vision": 11.9,
    "anxiety": 13,
    "euphoria": 4,
    "palpitations": 2,
    "light-sensitivity": 8,
}
#: our guess for what belongs to the way in itself
OF_THE_WAY_IN = {"injection-site": 15, "taste": 19, "drooling": 10, "mouth-soreness": 8}
#: Under the tongue and by mouth only "18.8 % had any" is published, taken unasked; asking finds two to three times as
#: many. With this share of IV's rates about 45 % have any.
AT_HOME = 0.23
#: chance that a prone patient has it after the first treatment, and after a later one
FIRST, LATER = 0.85, 0.5
#: share of those that are still there the next day
LINGERS = {"drowsiness": 0.35, "headache": 0.5, "dizziness": 0.2, "anxiety": 0.5, "lethargy": 0.6, "insomnia": 0.8}
#: an effect that the clinic added to the catalogue
OWN = {"id": "own-0c0ffee0", "en": "Ears feel blocked", "fr": "Oreilles bouchées"}
LASTED = ("under-1h", "1-4h", "1-4h", "1-4h", "4-12h", "longer")


def chances(route: str) -> Mapping[str, float]:
    """The chance, 0 to 1, that a patient of this route is prone to each effect."""
    if route == "nasal":
        return {effect: rate / 100 for effect, rate in rates.PUBLISHED["nasal"].items()}
    own = {effect: OF_THE_WAY_IN[effect] for effect in rates.OF_THE_WAY_IN.get(route, ())}
    share = AT_HOME if route in ("sublingual", "oral") else 1
    return {effect: share * rate / 100 for effect, rate in {**rates.PUBLISHED["iv"], **NAMED_FOR_IV, **own}.items()}


def own(n: int, session: int, language: str) -> list[dict[str, Any]]:
    """The nth patient's word of the clinic's own effect after this treatment, as they read it; as often after any."""
    if random.Random(f"own {n} {session}").random() > 0.1:  # noqa: S311 (nothing secret)
        return []
    return [{"effect": OWN["id"], "words": OWN[language], "severity": 1}]


class Symptoms:
    """One patient's: which effects, how strong."""

    def __init__(self, chance: random.Random, route: str) -> None:
        self.chance, self.route = chance, route
        self.prone = {
            effect: chance.choice((1, 1, 2, 2, 2, 3))
            for effect, rate in chances(route).items()
            if chance.random() < rate
        }

    def after(self, index: int) -> dict[str, int]:
        """Effects of the treatment with this index (0 is the first), each with its strongest level, 1 to 3."""
        sure = FIRST if index == 0 else LATER
        return {
            effect: min(3, max(1, usual + self.chance.choice((-1, 0, 0, 0, 1)) - (index > 3)))
            for effect, usual in self.prone.items()
            if self.chance.random() < sure
        }

    def lingering(self, had: Mapping[str, int]) -> dict[str, int]:
        """What of it is still there the next day, weaker."""
        return {
            effect: max(1, level - 1)
            for effect, level in had.items()
            if self.chance.random() < LINGERS.get(effect, 0.08)
        }

    def report(self, levels: Mapping[str, int], ongoing: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
        """The body's list. `ongoing`: those of them that still go on; None: it is too early to say."""
        said = [self._one(effect, level, ongoing) for effect, level in levels.items()]
        if self.chance.random() < 0.75:  # "mark the rest as none"
            said += [
                {"effect": effect.id, "severity": 0} for effect in first_ten(self.route) if effect.id not in levels
            ]
        return said

    def _one(self, effect: str, level: int, ongoing: Mapping[str, int] | None) -> dict[str, Any]:
        one: dict[str, Any] = {"effect": effect, "severity": level}
        if ongoing is None:
            return one
        if effect in ongoing:
            return {**one, "ongoing": True}
        return {**one, "ongoing": False, "lasted": self.chance.choice(LASTED)}
