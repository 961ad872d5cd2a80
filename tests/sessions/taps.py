"""This file is about counting taps on a page: what opens, which button, what it sends."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]


@dataclass
class Button:
    """A button that sends an entry. `folds`: what is tapped open before it, a sheet counts too."""

    address: str
    sends: dict[str, str]
    folds: int
    words: str = ""

    @property
    def taps(self) -> int:
        return self.folds + 1


@dataclass
class Place:
    """An open element: its tag, and whether a tap opens it."""

    tag: str
    folded: bool


@dataclass
class Sending:
    """A form: where it goes, and what its fields hold without anybody typing."""

    address: str
    holds: dict[str, str] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)


class Taps(HTMLParser):
    """Every button of every entry's form on a page."""

    VOID = frozenset({"input", "br", "hr", "img", "meta", "link", "use", "rect", "circle", "path"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[Place] = []
        self.forms: list[Sending] = []
        self.form: Sending | None = None
        self.button: Button | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in self.VOID:
            is_sheet = "data-sheet" in given
            self.open.append(Place(tag, (tag == "details" and "open" not in given) or is_sheet))
        if tag == "form":
            self.form = Sending(given["action"])
            self.forms.append(self.form)
        elif self.form and tag == "input" and given.get("type") not in ("radio", "checkbox"):
            self.form.holds[given["name"]] = given.get("value", "")
        elif self.form and tag == "button" and given.get("type") == "submit":
            self.pressed(given)

    def pressed(self, given: Attributes) -> None:
        assert self.form
        own = {given["name"]: given["value"]} if "name" in given else {}
        folds = sum(place.folded for place in self.open)
        self.button = Button(self.form.address, own, folds)
        self.form.buttons.append(self.button)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in {place.tag for place in self.open}:
            while self.open.pop().tag != tag:
                pass
        if tag == "form":
            self.form = None
        elif tag == "button":
            self.button = None

    def handle_data(self, data: str) -> None:
        if self.button:
            self.button.words += data

    def fewest(self, **says: str) -> Button:
        """The button with the fewest taps whose entry, without typing, says these words."""
        found = []
        for form in self.forms:
            for button in form.buttons:
                sent = form.holds | button.sends
                if all(sent.get(name) == value for name, value in says.items()):
                    found.append(Button(form.address, sent, button.folds, button.words))
        assert found, f"no button says {says}"
        return min(found, key=lambda button: button.taps)
