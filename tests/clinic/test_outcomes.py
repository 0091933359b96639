"""What is claimed beside what came of treatments here: counts, intervals, what is missing; unlikes are not compared."""

from __future__ import annotations

import csv
import html
import io
from datetime import timedelta

import pytest

from pwa.domain.outcomes import CLAIMS
from pwa.domain.signals import exact
from pwa.records import FirstCourse, db
from tests.clinic.conftest import plain
from tests.sync.phones import new_patient

SIX = (0, 3, 7, 10, 14, 17)


@pytest.fixture
def page(signed_in):
    browser = signed_in("clinician")
    return lambda query="": browser.get(f"/clinic/outcomes{query}").text


@pytest.fixture
def line(page):
    """`line("relief")`: what the page says of a claim."""

    def read(claim: str, query: str = "") -> str:
        text = page(query)
        start = text.index(f'<li id="{claim}">')
        return html.unescape(plain(text[start : text.index("</li>", start)]))

    return read


@pytest.fixture
def course(treated, says):
    """`course(mood=(3, 7), thoughts=("often", "no"))`: six treatments from 80 days ago on, and what was said then."""

    def begin(who="ana", ago=80.0, mood=(), thoughts=(), days=SIX, **treatment):
        sessions = [treated(ago - day, who, number=n + 1, **treatment) for n, day in enumerate(days)]
        for body, days_after in [({"mood": level}, at) for level, at in zip(mood, (-1, 1, 20, 45), strict=False)] + [
            ({"thoughts": answer}, at) for answer, at in zip(thoughts, (-2, 22), strict=False)
        ]:
            says(who, "check-in", body, ago=timedelta(days=ago - days_after))
        return sessions

    return begin


@pytest.fixture
def twenty(app, clock):
    """`twenty(days=30)`: people whose sixth treatment came so many days after the first."""

    def begin(days: int) -> None:
        started = clock().date() - timedelta(days=80)
        answers = {"relief": "no-before", "thoughts": "no-before", "lasting": "no-before"}
        for _ in range(20):
            owner = new_patient(app, clock)
            whose = {"clinic_id": owner.clinic_id, "patient_id": owner.id, "started": started, "route": "iv"}
            with app.app_context():
                sixth = started + timedelta(days=days)
                db.session.add(FirstCourse(**whose, **answers, days=days, sixth=sixth))
                db.session.commit()

    return begin


def test_an_empty_clinic_says_that_nothing_can_be_said(page, line):
    assert "0 people began" in plain(page())
    for claim in CLAIMS:
        assert "Nobody yet of whom this can be said." in line(claim.id)
    assert "There is nothing to lay beside it yet." in line("mild")


def test_relief_and_thoughts_are_counted_and_never_compared(line, course):
    course(mood=(3, 7), thoughts=("often", "no"))
    low, high = (round(100 * end) for end in exact(1, 1))
    assert "1 of 1 people told of a mood at least 2 points higher" in line("relief")
    assert f"too few to judge {low} to {high}%" in line("relief")
    assert "1 of 1 people who had such thoughts" in line("thoughts")
    for claim in ("relief", "thoughts", "lasting"):
        assert "Not compared." in line(claim)
        assert "The interval" not in line(claim)


def test_who_gave_no_answer_afterwards_is_counted_as_missing_with_what_that_could_do(line, course):
    course(mood=(3, 7))
    course("another-patient", mood=(3,))
    said = line("relief")
    assert "1 of 1 people" in said
    assert "1 more person gave no answer afterwards." in said
    assert "The share is from 50% (if none of what is missing was so) to 100% (if all was)." in said


def test_who_gave_no_answer_before_is_left_out_and_said_to_be(line, course):
    course()
    assert "Nobody yet of whom this can be said." in line("relief")
    assert "Left out: 1 without a mood in the week before, and 0 whose mood could not rise by 2 points." in line(
        "relief"
    )


def test_nobody_counts_before_their_time_is_over(line, course):
    course(ago=10, days=SIX[:3], mood=(3, 7), thoughts=("often",))
    assert "1 of 1 people" in line("relief")
    assert "Nobody yet" in line("thoughts")
    assert "gave no answer" not in line("thoughts").replace("0 more people gave no answer afterwards.", "")
    assert "Nobody yet" in line("course")


def test_six_sessions_stand_on_the_scale_of_days_with_who_never_had_a_sixth(line, course):
    course()
    course("another-patient", days=SIX[:4])
    said = line("course")
    assert "1 of 2 people had a sixth within 42 days." in said
    assert "no interval" in said
    assert "Too few to judge." in said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (17, "The interval lies within what is claimed."),
        (30, "Later than claimed: the interval lies after it."),
        (9, "Sooner than claimed: the interval lies before it."),
    ],
)
def test_enough_people_are_judged_by_how_their_interval_lies(line, twenty, days, said):
    twenty(days)
    assert f"{days} days" in line("course")
    assert said in line("course")


def test_effects_count_with_their_people_and_with_sessions_of_which_nothing_was_told(line, course, says):
    first, *_ = course()
    effects = [
        {"effect": "nausea", "severity": 1, "ongoing": False, "lasted": "1-4h"},
        {"effect": "headache", "severity": 2},
    ]
    says(
        "ana", "effects", {"treatment": first.record, "window": "next-day", "effects": effects}, ago=timedelta(days=79)
    )
    assert "1 of 2 effects told until the next day were never more than mild. People: 1." in line("mild")
    assert "Of 5 sessions nothing was told until the next day." in line("mild")
    assert "from 8% (if none of what is missing was so) to 92% (if all was)" in line("mild")
    assert "1 of 1 effects of which it is known how long were gone within 12 hours. People: 1." in line("gone")
    assert "Of 1 effects it was not said how long" in line("gone")
    assert "Too few to judge." in line("mild")


def test_period_and_route_stand_in_the_address(page, line, course):
    course(mood=(3, 7))
    assert "1 of 1" in line("relief", "?route=iv&weeks=13")
    assert "Nobody yet" in line("relief", "?route=im")
    assert '<option value="iv" selected>' in page("?route=iv")
    course("another-patient", ago=120, mood=(3, 7))
    assert "1 of 1" in line("relief", "?weeks=13")
    assert "2 of 2" in line("relief", "?weeks=52")
    assert plain(page("?route=x&weeks=-1&as=%00")) == plain(page())


def test_the_numbers_are_of_the_clinic_alone(line, course):
    course("patient-elsewhere", mood=(3, 7))
    assert "Nobody yet" in line("relief")
    assert "Nobody yet" in line("course")


def test_each_look_is_one_row_of_the_audit_trail_and_names_nobody(page, signed_in, audit):
    before = len(audit())
    page()
    signed_in("clinician").get("/clinic/outcomes.csv")
    assert [(row.what, row.action, row.patients) for row in audit()[before:]] == [("outcomes", "read", [])] * 2


def test_drawing_table_and_spreadsheet_say_the_same(page, signed_in, course):
    course(mood=(3, 7), thoughts=("often", "no"))
    text = signed_in("clinician").get("/clinic/outcomes.csv").text.removeprefix("\ufeff")
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows.keys() == {claim.id for claim in CLAIMS}
    relief, of_course = rows["relief"], rows["course"]
    assert (relief["own"], relief["events"], relief["of"], relief["compared"]) == ("1.0", "1", "1", "no")
    assert (rows["thoughts"]["of"], rows["thoughts"]["lies"]) == ("1", "")
    assert float(relief["low_95"]) == pytest.approx(exact(1, 1)[0], abs=1e-4)
    assert (of_course["own"], of_course["unit"], of_course["lies"]) == ("17.0", "days", "few")
    table = html.unescape(plain(page("?as=table")))
    for claim in CLAIMS:
        assert claim.title["en"] in table
    assert "1 of 1 people told of a mood at least 2 points higher" in table


def test_the_page_asks_as_much_of_many_people_as_of_one(statements, signed_in, course):
    browser = signed_in("clinician")
    course(mood=(3, 7))
    few = statements(browser, "/clinic/outcomes")
    course("another-patient", mood=(3, 7))
    assert statements(browser, "/clinic/outcomes") == few
