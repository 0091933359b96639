"""Who may read a journal entry when phones disagree."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain import journal
from pwa.domain.journal import AUDIENCE_IDS, narrowest, standing_audience


def test_an_entry_is_private_unless_its_writer_says_otherwise() -> None:
    assert journal.DEFAULT_AUDIENCE == "me"


def test_of_several_audiences_the_narrowest_holds() -> None:
    assert narrowest(["care-team", "therapist"]) == "therapist"
    assert narrowest(["therapist", "me", "care-team"]) == "me"


def test_an_audience_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        narrowest(["everyone"])


def test_one_head_has_the_audience_that_its_writer_chose() -> None:
    assert [standing_audience([audience]) for audience in AUDIENCE_IDS] == list(AUDIENCE_IDS)


def test_another_phone_s_late_edit_does_not_undo_an_unsharing() -> None:
    assert standing_audience(["me", "care-team"]) == "me"


def test_an_edit_against_a_withdrawal_stands_but_unshared() -> None:
    assert standing_audience([None, "care-team"]) == "me"
    assert standing_audience(["therapist", None, "care-team"]) == "me"


def test_of_a_withdrawn_entry_nothing_is_left_to_read() -> None:
    assert standing_audience([None]) is None
    assert standing_audience([None, None]) is None
    assert standing_audience([]) is None


@given(st.lists(st.sampled_from([*AUDIENCE_IDS, None]), min_size=1, max_size=4))
def test_order_is_irrelevant_to_who_may_read(heads: list[str | None]) -> None:
    assert len({standing_audience(order) for order in itertools.permutations(heads)}) == 1


def test_a_prompt_has_an_id_that_the_tables_can_hold() -> None:
    ids = [prompt.id for prompt in journal.PROMPTS]
    assert len(set(ids)) == len(ids) >= 6
    assert all(len(name) <= 32 for name in ids)
    assert journal.prompt("stayed").after_treatment
