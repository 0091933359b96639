from __future__ import annotations

from datetime import date, timedelta

from pwa.clinic.spark import DAYS, drawn

TODAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_gap_is_never_bridged():
    spark = drawn({ago(5): 4, ago(4): 5, ago(2): 6, ago(1): 7}, [], TODAY)
    assert len(spark.lines) == 2


def test_a_day_that_stands_alone_is_a_dot():
    spark = drawn({ago(5): 4, ago(2): 6, ago(1): 7}, [], TODAY)
    assert (len(spark.lines), len(spark.dots)) == (1, 1)


def test_mood_0_lies_on_the_ground_and_10_at_the_top():
    spark = drawn({ago(13): 0, TODAY: 10}, [], TODAY)
    assert spark.dots[0] == (2.0, 37.0)
    assert spark.end == (104.0, 3.0, 10)


def test_nothing_older_than_fourteen_days_and_nothing_ahead_is_drawn():
    spark = drawn({ago(DAYS): 3, TODAY + timedelta(days=1): 9}, [ago(DAYS), TODAY + timedelta(days=1)], TODAY)
    assert (spark.lines, spark.dots, spark.posts, spark.end) == ([], [], [], None)


def test_a_treatment_is_one_post_a_day():
    assert len(drawn({}, [ago(3), ago(3), ago(1)], TODAY).posts) == 2
