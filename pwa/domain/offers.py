"""What a therapist can offer for the next days: prompts to write from, and small practices. All words are our own."""

from dataclasses import dataclass
from typing import Literal

from pwa.domain.limits import Range
from pwa.domain.words import N_


@dataclass(frozen=True)
class Offer:
    id: str
    kind: Literal["integration", "mindfulness"]
    title: str
    text: str


KINDS = {"integration": N_("To write from"), "mindfulness": N_("To practise")}
OFFERS = (
    Offer(
        "one-image",
        "integration",
        N_("One picture"),
        N_("Choose one picture or moment from your session. What was there? What does it bring to mind today?"),
    ),
    Offer(
        "small-step",
        "integration",
        N_("One small step"),
        N_("Is there something from your session that you could try today, in a small way?"),
    ),
    Offer(
        "earlier-self",
        "integration",
        N_("A few lines to yourself"),
        N_("Write a few lines to yourself as you were before the first session. What would you like to say?"),
    ),
    Offer(
        "still-open",
        "integration",
        N_("Still open"),
        N_("What from your session do you not understand yet? It may stay open. Just write it down."),
    ),
    Offer(
        "slow-breaths",
        "mindfulness",
        N_("Three slow breaths"),
        N_("Breathe in as it comes, and let the breath out slowly. Three times. That is all."),
    ),
    Offer(
        "look-around",
        "mindfulness",
        N_("Look around"),
        N_("Name five things that you see, three that you hear, and one that touches your skin."),
    ),
    Offer(
        "both-feet",
        "mindfulness",
        N_("Both feet"),
        N_("Feel both feet on the floor. Press them down a little, then let go. A few times, slowly."),
    ),
    Offer(
        "slow-walk",
        "mindfulness",
        N_("A slow walk"),
        N_("Walk for five minutes, slower than usual. When thoughts come, go back to your steps."),
    ),
)
#: days that an offer stands
USUAL, DAYS = 7, Range(1, 28)
BY_ID = {offer.id: offer for offer in OFFERS}
