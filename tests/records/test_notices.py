from datetime import timedelta

import pytest
from sqlalchemy import select

from pwa.records import Notice, db
from pwa.records.base import begin_writing
from pwa.records.ids import uuid7
from pwa.records.notices import Wanted, enqueue
from tests.conftest import CLINIC, uid


@pytest.fixture
def wanted(clock):
    return Wanted(CLINIC, uid(11), "alert", "an alert", "alert:1:raised:1", "mail", clock())


def test_the_same_cause_is_told_once_by_each_way(app_on_both, clock, wanted):
    with app_on_both.app_context():
        for _ in range(2):
            begin_writing()
            enqueue([wanted, wanted], clock())
            db.session.commit()
        [notice] = db.session.scalars(select(Notice))
        assert (notice.state, notice.tries, notice.next_at) == ("waiting", 0, clock())


def test_a_notice_goes_with_its_cause(app_on_both, clock, wanted):
    with app_on_both.app_context():
        begin_writing()
        enqueue([wanted], clock())
        db.session.rollback()
        assert db.session.scalars(select(Notice)).all() == []


def test_later_ids_sort_after_earlier_ones(clock):
    first, second = uuid7(clock()), uuid7(clock() + timedelta(milliseconds=1))
    assert first < second
    assert (first[14], len(first)) == ("7", 36)
