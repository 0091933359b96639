"""What the phone's own code seals, the server opens: the two halves of one format."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.sync.phones import id_in, kept, new_id, said

SEALING = (Path(__file__).parents[2] / "pwa/static/js/store/sealing.js").as_uri()
SEAL = f"""
import {{ toServer }} from "{SEALING}";
import {{ argv }} from "node:process";
const [key, owner, id, text] = argv.slice(1).map((word) => JSON.parse(word));
console.log(await toServer(key, owner, id, text));
"""


def sealed(phone, text: str, owner: str | None = None) -> str:
    key = phone.browser.get("/me").get_json()["key"]
    words = [json.dumps(word) for word in (key, owner or phone.owner.id, id_in(text), text)]
    command = ["node", "--input-type=module", "--eval", SEAL, "--", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_what_the_phone_sealed_is_kept_byte_for_byte(phone):
    text = said({"note": "Écrit pendant que c’était verrouillé: 🌊"})
    assert phone.outcomes(sealed(phone, text)) == ["stored"]
    assert kept(phone)[id_in(text)].text.decode() == text


def test_sealed_and_plain_it_is_one_version(phone):
    text = said({"note": "Sent while locked, and again after."})
    assert phone.outcomes(sealed(phone, text), text) == ["stored", "known"]


def test_a_long_text_is_sealed_whole(phone):
    text = said({"note": "w" * 2000})
    assert phone.outcomes(sealed(phone, text)) == ["stored"]
    assert kept(phone)[id_in(text)].text.decode() == text


def test_what_was_sealed_for_another_owner_is_parked(phone):
    assert phone.codes(sealed(phone, said(), owner=new_id())) == {("version", "sealed")}
