"""The default rules on a simulated clinic, and the page that says what they are."""

from __future__ import annotations

import pytest

from pwa.demo import weighed
from pwa.demo.troubles import DANGERS
from tools import safety_rules


@pytest.fixture(scope="module")
def outcome():
    return weighed.weighed()


def test_the_default_rules_raise_at_most_thirteen_alerts_in_a_hundred_reports(outcome):
    tally, _ = outcome
    assert tally.reports > 5000
    assert 0 < tally.in_hundred() <= 13
    assert tally.failures == 0


def test_every_planted_danger_raises_its_alert(outcome):
    _, planted = outcome
    assert planted.keys() == DANGERS.keys()
    for danger, heard in planted.items():
        assert heard, danger
        assert all(heard), (danger, heard)


def test_the_page_of_rules_says_what_the_rules_are():
    assert safety_rules.PAGE.read_text("utf-8") == safety_rules.page(), "run: python -m tools.safety_rules"
