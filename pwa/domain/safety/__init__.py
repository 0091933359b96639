"""What the clinic must look at: rules over what was said and when, in one ordered list."""

from pwa.domain.safety.by_hand import BY_HAND
from pwa.domain.safety.facts import Facts
from pwa.domain.safety.judging import Failure, Finding, found, silent
from pwa.domain.safety.levels import BY_ID as LEVELS
from pwa.domain.safety.levels import Level, levels
from pwa.domain.safety.rule import PROBLEMS, TIERS, Rule, Tier, worse
from pwa.domain.safety.rules import OPTIONAL, RULES
from pwa.domain.safety.said import Call, CheckIn, Entry, Had, HomeDose, Report, Treatment

__all__ = [
    "BY_HAND",
    "LEVELS",
    "OPTIONAL",
    "PROBLEMS",
    "RULES",
    "TIERS",
    "Call",
    "CheckIn",
    "Entry",
    "Facts",
    "Failure",
    "Finding",
    "Had",
    "HomeDose",
    "Level",
    "Report",
    "Rule",
    "Tier",
    "Treatment",
    "found",
    "levels",
    "silent",
    "worse",
]
