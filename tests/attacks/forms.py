"""What the pages offer to be filled in, as a browser reads it: so a new form is tried without being named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.attacks.whole import Whole

TYPED = ("text", "search", "email", "tel", "password", "url")


@dataclass
class Form:
    action: str
    method: str
    #: name → the values that stand there or can be chosen
    fields: dict[str, list[str]] = field(default_factory=dict)
    #: those in which anything can be typed
    texts: set[str] = field(default_factory=set)

    def filled(self) -> dict[str, str]:
        """As it stands on the page."""
        return {name: values[0] for name, values in self.fields.items()}


class Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.chosen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(said.get("action") or self.page, said.get("method", "get").upper()))
        if tag == "select":
            self.chosen = said.get("name", "")
        if not self.forms:
            return
        fields = self.forms[-1].fields
        if tag in ("input", "textarea", "button") and said.get("name"):
            fields.setdefault(said["name"], []).append(said.get("value", ""))
            if tag == "textarea" or said.get("type", "text") in TYPED:
                self.forms[-1].texts.add(said["name"])
        if tag == "option" and self.chosen:
            at = 0 if "selected" in said else len(fields.get(self.chosen, []))
            fields.setdefault(self.chosen, []).insert(at, said.get("value", ""))


def forms_of(whole: Whole, who: str, pages: Iterable[str]) -> list[Form]:
    """Of all pages that open to them, each once."""
    browser, found = whole.browser(who), {}
    for page in pages:
        answer = browser.get(page)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            reader = Reader(page)
            reader.feed(answer.text)
            found |= {(form.action, form.method, *form.fields): form for form in reader.forms}
    return list(found.values())
