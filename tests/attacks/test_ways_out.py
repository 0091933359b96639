"""Where an answer, a file or a message could lead: to another site or folder, to a formula, to another mail server."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest

from pwa.clinic.sheet import FORMULA
from pwa.records import Clinic, Person, db
from tests.attacks.whole import ALL
from tests.clinic.conftest import TOLD
from tests.conftest import CLINIC, ROOT, uid

ELSEWHERE = ["https://evil.test/", "//evil.test/", "/\\evil.test", "\\\\evil.test", "javascript:zq()", "/%09/evil.test"]
ELSEWHERE += ["/en/\r\nX-Evil: 1", "http:evil.test", "/en/@evil.test:x", "https:///evil.test", "\t//evil.test"]
UPWARDS = ["../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/wsgi.py", "css/../../../wsgi.py"]
UPWARDS += ["/etc/passwd", "..\\..\\wsgi.py", "css/%00", "css/..%252f..%252fwsgi.py"]
NO_ADDRESSES = ["a@evil.test\r\nRCPT TO:<b@evil.test>", "a@evil.test\nx", "a b@evil.test", "a@evil", "@evil.test"]


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("who", ["ana", "clinician"])
def test_no_answer_leads_to_another_site(whole, who, wanted):
    browser = whole.browser(who)
    answers = [
        browser.get("/sign-in", query_string={"next": wanted}),
        browser.post("/language", data={"language": "en", "back": wanted}),
        browser.post(
            "/account/prove", query_string={"next": wanted}, data={"password": "correct horse battery staple"}
        ),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert re.fullmatch(r"/(?![/\\])[\w/-]*", answer.headers["Location"]), answer.headers["Location"]
        assert "X-Evil" not in answer.headers


def test_what_a_proxy_of_somebody_else_says_is_not_believed(whole):
    """No proxy of ours is set, so nothing that a browser says of itself makes a link or an address."""
    said = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "gopher", "X-Forwarded-For": "192.0.2.9"}
    for page in ("/sign-in", "/clinic/people", "/manifest.webmanifest"):
        answer = whole.browser("manager").get(page, headers=said)
        assert "evil.test" not in answer.text + str(answer.headers)
    assert "192.0.2.9" not in whole.browser("manager").get("/clinic/audit.csv").text


@pytest.mark.parametrize("path", UPWARDS)
def test_no_address_leads_out_of_the_folder_of_built_files(whole, path):
    answer = whole.browser("nobody").get(f"/static/{path}")
    assert answer.status_code in (308, 400, 404)
    assert "create_app" not in answer.text
    assert "root:" not in answer.text


def test_a_record_that_is_taken_out_unpacks_into_its_own_folder(whole):
    with whole.rows() as rows:
        rows.get_one(Person, ALL["ana"][:2]).name = "../../evil"
    asked = {"code": "KT-1001", "why": "by-law"}
    for who, address in (("manager", "/clinic/keeping/export"), ("ana", "/account/record")):
        answer = whole.browser(who).post(address, data=asked)
        assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist() == ["data.json", "record.html"]
        named = r'attachment; filename="(record|tidelog)-[\d-]+\.zip"'
        assert re.fullmatch(named, answer.headers["Content-Disposition"])


@pytest.mark.parametrize("begins", [*FORMULA, " =", "\n=", "\u3000＝"])
def test_no_cell_of_a_table_is_a_formula(whole, begins):
    formula = f"{begins}HYPERLINK(1)"
    with whole.rows() as rows:
        rows.get_one(Clinic, CLINIC).name = formula
        for person in rows.scalars(db.select(Person)):
            person.name = formula
    patient, event = ALL["ana"][1], {**TOLD, "record": uid(77), "words": formula, "note": formula}
    told = whole.browser("clinician").post(f"/clinic/patients/{patient}/events/new", data=event)
    assert told.status_code == 302
    for page in ("effects", "outcomes", "events", "audit"):
        answer = whole.browser("manager" if page == "audit" else "clinician").get(f"/clinic/{page}.csv")
        cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))) for cell in row]
        assert cells
        for cell in cells:
            assert not cell.strip().startswith(tuple("=+-@＝＋－＠")) or is_number(cell), (page, cell)


def is_number(cell):
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", cell))


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_that_says_more_than_an_address_is_not_taken(whole, address):
    typed = {"name": "Eve", "email": address, "language": "en", "role": "clinician"}
    assert whole.browser("manager").post("/clinic/invitations/member", data=typed).status_code == 422


def test_in_front_of_us_stands_who_waits_for_slow_senders():
    """A thread of ours begins with a body that is there as a whole."""
    assert "proxy_request_buffering on;" in (ROOT / "docs/deploy/nginx.conf").read_text()
    assert "request_buffers 2200KB" in (ROOT / "docs/deploy/Caddyfile").read_text()


def test_the_logs_in_front_of_us_have_no_address():
    """An access log has every one; a line about an error has the one that it was about."""
    nginx, caddy = ((ROOT / "docs/deploy" / name).read_text() for name in ("nginx.conf", "Caddyfile"))
    assert "\n    access_log off;\n" in nginx
    assert re.search(r"\n    error_log \S+ crit;\n", nginx)
    assert "exclude http.log.error" in caddy
    assert "output" not in caddy
