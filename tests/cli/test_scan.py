"""What `flask scan` finds, and what it says that it does not look for."""

from __future__ import annotations

import pytest

from pwa.records import ClinicItem, Note, db
from tests.clinic.conftest import says
from tests.conftest import CAST

__all__ = ["says"]

ANA = CAST["ana"]
LINE = "We sat on the steps until the ferry came back, and then my brother rang and said that he had been wrong."


@pytest.fixture
def scanned(app, tmp_path):
    """What is said of a log with this in it; names of the cast are words of the code as well, and found elsewhere."""

    def scan(log):
        (tmp_path / "log").write_text(log)
        with app.app_context():
            db.session.remove()
        said = app.test_cli_runner().invoke(args=["scan", str(tmp_path / "log")])
        return said.output.partition(f"{tmp_path}/log: ")[2]

    return scan


def noted(app, clock, text):
    with app.app_context():
        whose = {"clinic_id": ANA[0], "patient_id": ANA[1], "person_id": CAST["clinician"][1]}
        db.session.add(Note(**whose, id="n", edition=1, at=clock(), text=text))
        db.session.commit()


@pytest.mark.parametrize("part", [LINE[:47], LINE[20:70], LINE[-47:], LINE[-24:]])
def test_any_part_of_a_line_is_found_that_is_long_enough(app, clock, scanned, part):
    noted(app, clock, f"Second visit.\n{LINE}")
    said = scanned(f"GET /find {part}")
    assert said.startswith("1 in plain\n  note.text of ")
    assert part not in said


def test_a_single_word_of_a_column_of_its_own_is_found_and_shorter_ones_are_not(app, clock, scanned):
    noted(app, clock, "Overwhelmed\nsad")
    assert scanned("overwhelmed, sad").startswith("0 in plain")
    assert scanned("said: Overwhelmed").startswith("1 in plain")


def test_what_the_clinic_calls_its_own_effect_is_no_patients_word(app, scanned, says):
    own = {"effect": "own-0c0ffee0", "words": "Ears feel blocked", "severity": 1}
    with app.app_context():
        item = {"what": "own", "id": own["effect"], "is_asked": True, "en": own["words"], "fr": "Oreilles bouchées"}
        db.session.add(ClinicItem(clinic_id=ANA[0], **item))
        db.session.commit()
    says("ana", "effects", {"effects": [own]})
    assert scanned("Ears feel blocked").startswith("0 in plain")
    says("ana", "effects", {"effects": [{**own, "words": "My brother hurt me"}]})
    assert scanned("My brother hurt me").startswith("1 in plain")


def test_the_help_says_what_is_not_looked_for(app):
    said = " ".join(app.test_cli_runner().invoke(args=["scan", "--help"]).output.split())
    for words in ("under 8 characters", "texts without a space", "its own effects", "packed or encrypted"):
        assert words in said
