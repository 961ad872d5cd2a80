"""This file is about a person with a browser in a journey: signs in, opens, presses, saves."""

import re
from datetime import datetime
from typing import Self

from playwright.sync_api import Error, Locator, Page, Response, expect

from tests.clock import Clock
from tests.factories import PASSWORD
from tests.journeys.flowsheet import ZONE

KEEPS = """(button) => Boolean(window.clinicOutbox && document.querySelector("[data-session-live]")
    && button.form?.matches("[data-entry]"))"""


def is_an_entry(answer: Response) -> bool:
    """Whether the server answers to an entry that the tablet kept."""
    return answer.request.method == "PUT" and "/entries/" in answer.url


def wall(moment: datetime) -> str:
    """A moment as a field for date and time takes it."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def about(verb: str, what: str) -> re.Pattern[str]:
    """The name of a button that says what it is about: "Yes: Consent given"."""
    return re.compile(rf"^{re.escape(verb)}\s*:\s*{re.escape(what)}$")


def starting_with(name: str) -> re.Pattern[str]:
    """A name of which only the beginning is known."""
    return re.compile("^" + re.escape(name))


class Person:
    """Somebody with a browser and a password."""

    email = ""

    def __init__(self, page: Page, clock: Clock) -> None:
        self.screen, self.clock = page, clock
        self.is_behind = False

    @property
    def page(self) -> Page:
        """The page, looked at anew where the tablet has kept and sent something since."""
        if self.is_behind:
            self.goes_to(self.screen.url.split("#")[0])
        return self.screen

    def signs_in(self) -> Self:
        """Fill in the page that stands there."""
        self.page.get_by_label("Work email").fill(self.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Sign in")).to_have_count(0)
        return self

    def opens(self, address: str) -> Self:
        """Open a page, signing in where somebody has to: nobody stays signed in unused."""
        self.goes_to(address)
        if self.page.get_by_role("heading", name="Sign in", exact=True).count():
            self.signs_in()
            self.goes_to(address)
        return self

    def goes_to(self, address: str) -> None:
        """Type an address. The page before may load itself anew at the very same moment, because
        its person is signed out; then it is typed again."""
        was_behind, self.is_behind = self.is_behind, False
        try:
            self.screen.goto(address)
        except Error as interrupted:
            if "ERR_ABORTED" not in str(interrupted):
                raise
            self.screen.goto(address)
        if was_behind:
            self.has_saved()

    def button(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """A button; by its whole name, or by a beginning."""
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def presses(self, name: str | re.Pattern[str], within: Locator | None = None) -> Self:
        """Press a button and wait for the page that comes; the tablet keeps an entry, sends it, and
        stays where it is, so then the page is looked at anew before anything else."""
        button = self.button(name, within)
        if button.evaluate(KEEPS):
            with self.page.expect_response(is_an_entry) as answer:
                button.click()
            self.is_behind = answer.value.ok
            return self
        with self.page.expect_navigation():
            button.click()
        return self

    def goes_into(self, link: str | re.Pattern[str], part: Locator) -> Locator:
        """What lies behind a link of the same page: shown, if it is not yet."""
        if not part.is_visible():
            self.page.get_by_role("link", name=link).locator("visible=true").first.click()
        return part

    def saves(self, name: str | re.Pattern[str], within: Locator | None = None) -> Self:
        """Press a button; the page that comes has nothing to correct."""
        return self.presses(name, within).has_saved()

    def has_saved(self) -> Self:
        """The page has nothing to correct; one that is to be looked at anew says so then."""
        if self.is_behind:
            return self
        complaints = self.page.get_by_role("alert")
        assert complaints.count() == 0, complaints.all_inner_texts()
        return self

    def unfolds(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """Open what stands behind a summary. Returns all that it holds."""
        part = (
            (within or self.page)
            .locator("details")
            .filter(has=self.page.locator("summary").get_by_text(name))
        )
        part = part.last
        if part.get_attribute("open") is None:
            part.locator("summary").first.click()
        return part
