"""The default rules on a simulated clinic, and the page that says what they are."""

from __future__ import annotations

import pytest

from pwa.demo import weighed
from pwa.demo.truth import DANGERS
from pwa.domain.safety import RULES
from tools import safety_rules


@pytest.fixture(scope="module")
def outcome():
    return weighed.weighed()


def test_the_default_rules_raise_at_most_thirteen_alerts_in_a_hundred_reports(outcome):
    tally, _ = outcome
    assert tally.reports > 5000
    assert 0 < tally.in_hundred() <= 13
    assert tally.failures == 0


def test_every_planted_danger_is_found_by_its_rule_on_its_day(outcome):
    _, planted = outcome
    assert planted.keys() == DANGERS.keys()
    for danger, heard in planted.items():
        assert heard, danger
        assert all(heard), (danger, heard)


def test_a_danger_is_planted_for_every_rule_that_does_not_wait():
    """Other high rules are reached by the patients as they are, or by what another danger brings along."""
    planted = {rule for rule, _ in DANGERS.values()}
    brought_along = {"pulse", "drowsy", "elevated-days", "mood-lowest"}
    assert {rule.id for rule in RULES if rule.tier != "watch"} - brought_along <= planted


def test_the_page_of_rules_says_what_the_rules_are():
    assert safety_rules.PAGE.read_text("utf-8") == safety_rules.page(), "run: python -m tools.safety_rules"
