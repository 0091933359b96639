"""Which versions of a record stand."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.heads import heads, shown_first

Record = dict[str, list[str]]

#: few names, so that rings, forks and joins are common; some name versions that are not there
names = st.sampled_from("abcdefgh")
any_record: st.SearchStrategy[Record] = st.dictionaries(names, st.lists(names, max_size=4), min_size=1)


@st.composite
def histories(draw: st.DrawFn) -> Record:
    """Versions that name only earlier ones, under ids in any order, as phones write them."""
    ids = draw(st.permutations("abcdefgh"))[: draw(st.integers(1, 8))]
    return {id_: draw(st.lists(st.sampled_from(ids[:n]), max_size=3)) if n else [] for n, id_ in enumerate(ids)}


def test_one_version_is_its_own_head() -> None:
    assert heads({"a": []}) == {"a"}


def test_an_edit_replaces_what_it_was_written_over() -> None:
    assert heads({"a": [], "b": ["a"], "c": ["b"]}) == {"c"}


def test_two_phones_that_did_not_see_each_other_leave_two_heads() -> None:
    assert heads({"a": [], "b": ["a"], "c": ["a"]}) == {"b", "c"}


def test_a_choice_between_two_heads_closes_both() -> None:
    assert heads({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}) == {"d"}


def test_a_parent_that_never_arrived_counts_for_nothing() -> None:
    assert heads({"b": ["a"]}) == {"b"}


def test_naming_oneself_counts_for_nothing() -> None:
    assert heads({"a": ["a"]}) == {"a"}


def test_a_ring_does_not_make_the_record_vanish() -> None:
    assert heads({"a": ["b"], "b": ["a"]}) == {"b"}
    assert heads({"a": ["b"], "b": ["a"], "x": []}) == {"b", "x"}


def test_what_stands_over_a_ring_is_enough() -> None:
    assert heads({"a": ["b"], "b": ["a"], "c": ["a"]}) == {"c"}


def test_nothing_has_no_head() -> None:
    assert heads({}) == set()


@given(any_record, st.randoms(use_true_random=False))
def test_order_is_irrelevant(record: Record, chance: random.Random) -> None:
    shuffled = list(record.items())
    chance.shuffle(shuffled)
    turned = {id_: chance.sample(parents, len(parents)) for id_, parents in shuffled}
    assert heads(turned) == heads(record)


@given(any_record)
def test_a_record_always_has_a_head_and_every_version_stands_behind_one(record: Record) -> None:
    found = heads(record)
    assert found
    assert set(record) <= found.union(*(ancestors(record, head) for head in found))


@given(histories())
def test_without_rings_heads_are_exactly_what_nobody_names(record: Record) -> None:
    assert heads(record) == set(record) - {name for parents in record.values() for name in parents}


@given(histories())
def test_an_ancestor_of_a_version_is_never_a_head(record: Record) -> None:
    assert not any(heads(record) & ancestors(record, id_) for id_ in record)


def test_a_hundred_thousand_versions_in_a_chain_are_no_burden() -> None:
    chain = {f"{n:06}": [f"{n - 1:06}"] if n else [] for n in range(100_000)}
    assert heads(chain) == {"099999"}


@dataclass(frozen=True)
class Version:
    id: str
    written_at: datetime


def test_the_later_writing_is_shown_first_and_of_the_same_moment_the_greater_id() -> None:
    early = datetime(2026, 11, 20, 7, tzinfo=UTC)
    late_elsewhere = (early + timedelta(hours=1)).astimezone(timezone(timedelta(hours=-8)))
    first, second, third = Version("a", late_elsewhere), Version("c", early), Version("b", early)
    assert shown_first([second, third, first]) == [first, second, third]
    assert shown_first([third, first, second]) == [first, second, third]


def ancestors(record: Mapping[str, list[str]], of: str) -> set[str]:
    found: set[str] = set()
    open_ = [of]
    while open_:
        for name in record.get(open_.pop(), []):
            if name in record and name not in found:
                found.add(name)
                open_.append(name)
    return found
