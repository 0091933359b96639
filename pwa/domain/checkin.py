"""What a check-in asks: four scales and the question about thoughts. Blank is not zero; nothing is filled in."""

from dataclasses import dataclass

from pwa.domain.words import N_


@dataclass(frozen=True)
class Scale:
    id: str
    label: str
    min: float
    max: float
    step: float
    #: words at the two ends
    low: str
    high: str
    unit: str = ""


SCALES = (
    Scale("mood", N_("Your mood right now"), 0, 10, 1, N_("very low"), N_("very good")),
    Scale("anxiety", N_("Anxiety"), 0, 10, 1, N_("calm"), N_("very strong")),
    Scale("energy", N_("Energy"), 0, 10, 1, N_("none"), N_("plenty")),
    Scale("sleep", N_("Sleep last night"), 0, 24, 0.5, "", "", N_("h")),
)

#: the word for each value of mood, 0 to 10
MOOD_WORDS = (
    N_("very low"),
    N_("very low"),
    N_("low"),
    N_("low"),
    N_("a little low"),
    N_("in between"),
    N_("okay"),
    N_("fairly good"),
    N_("good"),
    N_("very good"),
    N_("very good"),
)

#: one approved wording; it is never shortened and never shown as a headline
THOUGHTS_QUESTION = N_(
    "Since your last check-in, have you wished not to be alive, or thought about ending your life or hurting yourself?"
)
THOUGHTS = (
    ("no", N_("No")),
    ("now-and-then", N_("Yes, now and then")),
    ("often", N_("Yes, often or hard to push away")),
    ("rather-not-say", N_("I would rather not say")),
)
#: these show the help at once and stand on top of the clinician's list. A "no" never means that someone is safe
THOUGHTS_YES = frozenset({"now-and-then", "often"})


def is_yes(thoughts: str | None) -> bool:
    return thoughts in THOUGHTS_YES


def scale(name: str) -> Scale:
    """KeyError if there is no such scale."""
    return _BY_ID[name]


_BY_ID = {scale.id: scale for scale in SCALES}
