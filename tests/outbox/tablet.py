"""This file is about a tablet in a real browser: a person, the page of a session, its outbox."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.factories import PASSWORD

WRITE = """words => {
  const form = document.querySelector('form[data-entry="note"]');
  form.elements.text.value = words;
  form.requestSubmit();
}"""
READY = """async () => {
  const kept = await caches.keys();
  const page = kept.some((name) => name.startsWith('clinic-pages-'));
  return navigator.serviceWorker.controller !== null && page;
}"""


class Tablet:
    """One browser with a memory of its own. `address` is the page of the session."""

    def __init__(self, context: BrowserContext, email: str, address: str) -> None:
        self.context, self.address = context, address
        context.set_default_timeout(10_000)
        self.page: Page = context.new_page()
        self.page.goto("/sign-in")
        self.signs_in(email)

    def signs_in(self, email: str) -> None:
        """On the page of that name."""
        self.page.get_by_label("Work email").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/board")

    def opens(self) -> None:
        """The page of the session, and the copy of it on the tablet."""
        self.page.goto(self.address)
        for _ in range(200):
            if self.page.evaluate(READY):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("the page is not kept on the tablet")

    def writes(self, *words: str) -> None:
        """A note each, through the form of the page, one after the other."""
        for one in words:
            before = self.count()
            self.page.evaluate(WRITE, one)
            if self.is_offline():
                expect(self.page.locator("[data-kept]")).to_have_count(before + 1)
            else:
                self.says("All saved")

    def is_offline(self) -> bool:
        """Whether the test took the network away."""
        return not self.page.evaluate("navigator.onLine")

    def count(self) -> int:
        """How many entries it shows as kept."""
        return self.page.locator("[data-kept]").count()

    def says(self, words: str) -> None:
        """What the pill in the header says."""
        expect(self.page.locator("[data-save-state]")).to_have_text(words)

    def comes_back(self) -> None:
        """The tab was closed; another one is opened on the same tablet."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.goto(self.address)
