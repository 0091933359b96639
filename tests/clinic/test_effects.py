"""Side effects across patients: rates with their denominators, whose they are, and what leaves the house as a table."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from pwa.clinic.words import times
from pwa.domain.signals import exact
from pwa.records import ClinicItem, SignalLook, db
from tests.clinic.conftest import ANA, plain
from tests.conftest import CAST

BO = CAST["another-patient"][1]


@pytest.fixture
def tells(says, clock):
    """`tells(treatment, nausea=2)`: the next day, of a treatment."""

    def tell(treatment, who="ana", window="next-day", ago=0.5, **severities):
        effects = [{"effect": effect, "severity": severity} for effect, severity in severities.items()]
        body = {"treatment": treatment.record, "window": window, "effects": effects}
        return says(who, "effects", body, ago=timedelta(days=ago))

    return tell


@pytest.fixture
def page(signed_in):
    browser = signed_in("clinician")
    return lambda query="": browser.get(f"/clinic/effects{query}").text


def cells(html: str) -> dict[str, str]:
    """By what is read aloud of a cell."""
    return {label.split(":")[0]: label for label in re.findall(r'<a href="[^"]+#cell"[^>]* aria-label="([^"]+)"', html)}


def test_a_rate_counts_the_treatments_with_a_report_of_that_time_and_says_how_many_had_none(page, treated, tells):
    tells(treated(days=1), nausea=2)
    tells(treated(days=2), nausea=0)
    tells(treated(days=3), window="acute", nausea=3)
    treated(days=4)
    html = page()
    low, high = (round(100 * end) for end in exact(1, 2))
    said = f"Nausea, IV infusion: 1 of 2 sessions, 50%, 95% interval {low} to {high}%, too few to judge"
    assert cells(html)["Nausea, IV infusion"] == said
    assert "4 sessions" in plain(html)
    assert "Of 2 there is a report of this time, of 2 there is none." in plain(html)


def test_the_same_table_by_dose_number_place_and_lot(page, treated, tells):
    tells(treated(days=1, number=1, lot="A1"), nausea=2)
    tells(treated(days=2, dose=1.1, number=7, place="home"), nausea=1)
    assert "Nausea, 0.5 to 0.74 mg/kg" in cells(page("?by=dose"))
    assert "Nausea, 1 mg/kg and more" in cells(page("?by=dose"))
    assert {"Nausea, First", "Nausea, Later, and maintenance"} <= cells(page("?by=number")).keys()
    assert {"Nausea, At the clinic", "Nausea, At home"} <= cells(page("?by=place")).keys()
    assert {"Nausea, A1", "Nausea, lot not known"} <= cells(page("?by=lot")).keys()


def test_a_large_ratio_is_told_in_round_numbers_and_never_too_high(app):
    with app.test_request_context():
        told = {1.29: "1.2", 2.3: "2.3", 9.96: "9.9", 18.7: "18", 32.5: "30", 58.3: "50"}
        assert {ratio: times(ratio) for ratio in told} == told


def test_filters_stand_in_the_address(page, treated, tells):
    tells(treated(days=1), nausea=1, headache=3)
    tells(treated(days=1.1, route="im"), nausea=1)
    tells(treated(days=100), ago=99.5, nausea=3)
    assert set(cells(page("?from=3"))) == {"Headache, IV infusion", "Headache, IM injection"}
    by_number = cells(page("?by=number&route=iv"))
    assert "1 of 1" in by_number["Nausea, Later, and maintenance"]
    assert '<option value="iv" selected>' in page("?by=number&route=iv")
    assert "2 of 2" in cells(page("?weeks=26"))["Nausea, IV infusion"]


def test_what_an_address_asks_wrongly_is_as_if_it_did_not_ask(page, treated, tells):
    tells(treated(days=1), nausea=1)
    assert cells(page("?by=x&weeks=-1&from=99&window=%00&route=up&effect=nothing&value=%00")) == cells(page())


def test_fewer_than_twenty_reports_are_hatched_and_called_too_few_to_judge(page, treated, tells):
    for n in range(19):
        tells(treated(days=2 + n), ago=1.5 + n, nausea=1)
    assert "too few to judge" in cells(page())["Nausea, IV infusion"]
    assert 'few"><a' in page()
    tells(treated(days=1), nausea=1)
    assert "too few to judge" not in cells(page())["Nausea, IV infusion"]
    assert 'few"><a' not in page()


def test_behind_a_cell_stand_ones_own_patients_and_colleagues_are_counted_not_named(page, treated, tells):
    tells(treated(days=1), nausea=2)
    tells(treated(days=2), nausea=0)
    tells(treated(days=1, who="another-patient"), who="another-patient", nausea=3)
    html = page("?effect=nausea&value=iv")
    side = plain(html[html.index('id="cell"') :])
    assert "2 of 3 sessions with a report" in side
    assert "1 of 2" in side
    assert "Moderate" in side
    assert "1 more patient is treated by colleagues alone, or hides side effects." in side
    assert BO not in html


def test_the_rates_are_of_the_clinic_alone(page, treated, tells):
    tells(treated(days=1, who="patient-elsewhere"), who="patient-elsewhere", nausea=2)
    assert cells(page()) == {}


def test_looking_behind_a_cell_is_in_the_audit_trail_with_whose_it_was(page, treated, tells, audit):
    tells(treated(days=1), nausea=2)
    page("?effect=nausea&value=iv")
    page()
    assert [(row.what, row.patients) for row in audit()[-2:]] == [("effects", [ANA]), ("effects", [])]


def test_a_spreadsheet_gets_the_same_numbers_and_no_formula(signed_in, treated, tells):
    tells(treated(days=1, lot="=1+1"), nausea=2)
    tells(treated(days=2, lot="=1+1"), nausea=0)
    answer = signed_in("clinician").get("/clinic/effects.csv?by=lot")
    assert answer.headers["Content-Type"].startswith("text/csv")
    [line] = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert line["group"] == "'=1+1"
    assert (line["sessions_with_effect"], line["sessions_with_report"], line["sessions"]) == ("1", "2", "2")
    assert (float(line["low_95"]), float(line["high_95"])) == pytest.approx(exact(1, 2), abs=1e-4)


def test_the_plain_table_says_what_the_matrix_says(page, treated, tells):
    tells(treated(days=1), nausea=2)
    tells(treated(days=2), nausea=0, headache=1)
    row = r'<tr><th scope="row">(\w+)</th><td>IV infusion</td><td>(\d+)</td><td>(\d+)</td>'
    assert sorted(re.findall(row, page("?as=table"))) == [("Headache", "1", "2"), ("Nausea", "1", "2")]


def test_an_effect_that_the_clinic_added_stands_under_its_own_words(page, treated, says, app):
    with app.app_context():
        own = ClinicItem(clinic_id=CAST["ana"][0], what="own", id="own-0c0ffee0", is_asked=True, en="Ears feel blocked")
        db.session.add(own)
        db.session.commit()
    said = {"effect": "own-0c0ffee0", "words": "Ears feel blocked", "severity": 1}
    body = {"treatment": treated(days=1).record, "window": "next-day", "effects": [said]}
    says("ana", "effects", body)
    assert "Ears feel blocked, IV infusion" in cells(page())


def test_what_one_looks_for_is_asked_in_a_fixed_number_of_questions(app, page, treated, tells):
    def asked(query: str) -> int:
        said = []
        with app.app_context():
            engine = db.engine

        def listen(*args: object) -> None:
            said.append(args[2])

        event.listen(engine, "before_cursor_execute", listen)
        page(query)
        event.remove(engine, "before_cursor_execute", listen)
        return len(said)

    tells(treated(days=1), nausea=2)
    page()  # the week's look is made
    few = asked("?effect=nausea&value=iv")
    for n in range(4):
        tells(treated(days=2 + n, who="another-patient"), who="another-patient", nausea=1, headache=1)
    assert asked("?effect=nausea&value=iv") == few


def test_a_weeks_look_is_made_once_and_says_nothing_of_anybody(app, page, treated, tells):
    tells(treated(days=8), ago=7.5, nausea=2)
    page()
    page()
    with app.app_context():
        [look] = db.session.scalars(db.select(SignalLook)).all()
    assert ANA not in str(look.found)


def test_where_too_little_can_be_looked_at_the_page_says_so_and_gives_no_all_clear(app, page, treated, tells):
    tells(treated(days=1), nausea=2)
    few = plain(page())
    assert "There are too few sessions to compare. There are too few sessions to watch for a change." in few
    assert "Nothing stands out" not in few
    with app.app_context():
        look = db.session.scalars(db.select(SignalLook)).one()
        look.found = {**look.found, "asked": 4}
        db.session.commit()
    some = "Nothing stands out in what could be looked at. 4 comparisons were made. There are too few sessions to watch"
    assert some in plain(page())


def test_a_look_says_the_sunday_that_it_reaches_to(page, clock):
    """The clock stands in the week of Monday 16 November; that one runs on and is not looked at."""
    assert "Looked at whole weeks, until 15 Nov 2026." in plain(page())


def test_the_drawings_and_their_table_say_the_same_weeks(page, treated, tells):
    tells(treated(days=1), nausea=2)
    tells(treated(days=15), ago=14.5, nausea=0)
    html = page("?effect=nausea")
    assert "Nausea, week by week" in plain(html)
    assert "1 of 1" in plain(html)
    assert "0 of 1" in plain(html)
    assert html.count('class="bandci"') >= 1


def test_an_effect_that_a_routes_form_does_not_ask_about_is_no_no_there(page, treated, tells):
    """Numbness is on the nasal form alone; who had an infusion and named nothing was never asked."""
    tells(treated(days=1, route="nasal", dose=56, unit="mg"), **{"numbness-tingling": 1})
    tells(treated(days=2, route="nasal", dose=56, unit="mg"), nausea=1)
    tells(treated(days=3), nausea=1)
    html = page()
    assert "1 of 2 sessions" in cells(html)["Numb or tingling, Nasal spray"]
    assert "Numb or tingling, IV infusion" not in cells(html)
    assert "not asked here" in plain(html)
    assert "2 of 2" not in cells(html)["Nausea, Nasal spray"]
    everywhere = cells(page("?by=place"))["Numb or tingling, At the clinic"]
    assert "1 of 2 sessions" in everywhere


def test_what_is_told_unasked_where_others_are_asked_is_shown_and_in_no_rate(page, treated, tells):
    tells(treated(days=1, route="nasal", dose=56, unit="mg"), nausea=1)
    tells(treated(days=3), **{"numbness-tingling": 2})
    html = page("?effect=numbness-tingling&value=iv")
    assert cells(html)["Numb or tingling, IV infusion"].endswith(" not asked here, told unasked: 1")
    assert "Not asked here, so that there is no rate: 1 told it unasked." in plain(html)
    assert "0 of 1 sessions" in cells(html)["Numb or tingling, Nasal spray"]


def test_what_no_form_asks_about_counts_after_all_routes_alike_and_is_marked(page, treated, tells):
    tells(treated(days=1), sweating=1)
    tells(treated(days=2, route="nasal", dose=56, unit="mg"), nausea=1)
    html = page()
    assert "0 of 1 sessions" in cells(html)["Sweating a lot, Nasal spray"]
    assert "Sweating a lot told unasked" in plain(html)


def test_the_plain_table_and_the_spreadsheet_say_not_asked_here_as_well(page, signed_in, treated, tells):
    tells(treated(days=1, route="nasal", dose=56, unit="mg"), **{"numbness-tingling": 1})
    tells(treated(days=3), nausea=1)
    assert "Numb or tingling IV infusion not asked here" in plain(page("?as=table"))
    answer = signed_in("clinician").get("/clinic/effects.csv")
    rows = {
        (row["effect"], row["group"]): row for row in csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    }
    row = rows["Numb or tingling", "IV infusion"]
    assert (row["sessions_with_report"], row["rate"], row["note"]) == ("", "", "not asked here")
    assert rows["Numb or tingling", "Nasal spray"]["note"] == ""


def test_a_spreadsheet_keeps_what_was_told_unasked_out_of_a_count_of_those_asked(signed_in, treated, tells):
    tells(treated(days=1, route="nasal", dose=56, unit="mg"), nausea=1)
    tells(treated(days=3), **{"numbness-tingling": 1})
    answer = signed_in("clinician").get("/clinic/effects.csv?by=place")
    rows = {row["effect"]: row for row in csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))}
    row = rows["Numb or tingling"]
    assert (row["sessions_with_effect"], row["sessions_with_report"]) == ("0", "1")


def test_lots_with_fewer_reports_share_a_column_and_each_is_in_the_table_and_the_spreadsheet(
    page, signed_in, treated, tells
):
    for n in range(8):
        for again in (0, 0.2):
            tells(treated(days=2 + n + again, lot=f"MANY-{n}"), nausea=0)
    tells(treated(days=12, lot="FEW-1"), nausea=1)
    tells(treated(days=13, lot="FEW-2"), nausea=0)
    treated(days=14, lot="SILENT")
    html = page("?by=lot")
    assert 'aria-label="Nausea, all other lots: 1 of 2 sessions' in html
    assert "19 sessions since" in plain(html)
    assert "3 lots with fewer reports are in the last column" in plain(html)
    assert "FEW-1" not in html
    answer = signed_in("clinician").get("/clinic/effects.csv?by=lot")
    rows = {row["group"]: row for row in csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))}
    counted = [(rows[lot]["sessions_with_effect"], rows[lot]["sessions_with_report"]) for lot in ("FEW-1", "FEW-2")]
    assert counted == [("1", "1"), ("0", "1")]
    assert len(rows) == 11
    assert all(lot in page("?by=lot&as=table") for lot in ("FEW-1", "FEW-2", "SILENT", "MANY-7"))
