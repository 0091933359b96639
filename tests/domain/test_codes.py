"""Codes of other vocabularies are true codes, and the product does without them."""

from pathlib import Path

import pytest

from pwa.domain import codes, effects, routes

#: Verhoeff's tables: multiplication in the dihedral group of order ten, and its permutation
D = ["0123456789", "1234067895", "2340178956", "3401289567", "4012395678"]
D += ["5987604321", "6598710432", "7659821043", "8765932104", "9876543210"]
P = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"]
ALL = [(effect, code) for effect in effects.IDS for code in codes.of(effect).snomed]


@pytest.mark.parametrize(("effect", "code"), [*ALL, *((route.id, route.snomed) for route in routes.ROUTES)])
def test_every_snomed_code_has_its_check_digit(effect: str, code: str) -> None:
    assert verhoeff(code)


def test_the_check_refuses_a_code_that_is_wrong_on_the_web() -> None:
    assert not verhoeff("764459004")


def test_every_row_belongs_to_the_catalogue() -> None:
    assert set(codes.load(codes.FILE)) <= set(effects.IDS)


def test_hpo_ids_have_the_shape_of_hpo_ids() -> None:
    assert all(hpo.startswith("HP:") and len(hpo) == 10 for effect in effects.IDS for hpo in codes.of(effect).hpo)


def test_a_seizure_has_no_invented_code() -> None:
    assert not codes.of("seizure").snomed
    assert not codes.of("seizure").hpo


def test_a_ctcae_term_stands_only_where_its_grades_were_read() -> None:
    named = {term for effect in effects.IDS for term in codes.of(effect).ctcae}
    assert named == {"Cystitis noninfective"}
    assert not codes.of("dissociation").ctcae


def test_the_file_can_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "FILE", tmp_path / "gone.json")
    assert codes.of("nausea") == codes.NONE
    assert effects.first_ten("iv")


def verhoeff(code: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = int(D[check][int(P[place % 8][int(digit)])])
    return check == 0
