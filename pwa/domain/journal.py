"""A journal's prompts, who may read an entry, and which audience holds when phones disagree."""

from collections.abc import Iterable
from dataclasses import dataclass

from pwa.domain.words import N_


@dataclass(frozen=True)
class Prompt:
    id: str
    text: str
    #: asked about a treatment; the others fit any day
    after_treatment: bool


@dataclass(frozen=True)
class Audience:
    id: str
    label: str
    #: what the choice means, said beside it
    means: str


PROMPTS = (
    Prompt("stayed", N_("What stayed with you from the session?"), True),
    Prompt("body", N_("What did your body notice first?"), True),
    Prompt("surprise", N_("Was there something you did not expect?"), True),
    Prompt("ask", N_("What would you like to ask or tell at the next visit?"), True),
    Prompt("small-thing", N_("What is one small thing you would like to do differently this week?"), False),
    Prompt("eased", N_("When did today feel a little easier?"), False),
)

#: from the narrowest to the widest
AUDIENCES = (
    Audience("me", N_("Only me"), N_("Staff cannot open this. A copy is kept on your clinic’s server.")),
    Audience(
        "therapist",
        N_("My therapist"),
        N_("Not read as it arrives. Taking it back closes it; what was read, and notes, stay."),
    ),
    Audience(
        "care-team",
        N_("My care team"),
        N_(
            "The clinicians and therapists who treat you. Not read as it arrives. "
            "Taking it back closes it; what was read, and notes, stay."
        ),
    ),
)
AUDIENCE_IDS = tuple(audience.id for audience in AUDIENCES)
DEFAULT_AUDIENCE = "me"


def narrowest(audiences: Iterable[str]) -> str:
    """ValueError if there is none, or one that nobody knows."""
    return min(audiences, key=AUDIENCE_IDS.index)


def standing_audience(heads: Iterable[str | None]) -> str | None:
    """Who may read a record with these heads: an audience for each head, None for one that withdraws.

    Of several the narrowest holds until the patient chooses. An edit against a withdrawal stands, but unshared.
    None: all heads withdraw, nothing is left to read."""
    audiences = list(heads)
    written = [audience for audience in audiences if audience is not None]
    if not written:
        return None
    return narrowest(written) if len(written) == len(audiences) else DEFAULT_AUDIENCE


def prompt(name: str) -> Prompt:
    """KeyError if there is no such prompt."""
    return _BY_ID[name]


_BY_ID = {prompt.id: prompt for prompt in PROMPTS}
