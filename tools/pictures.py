"""This file is about the pictures in docs/img: the demo in a real browser (`make pictures`)."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from clinic.demo.rules.cast import PASSWORD

TOP = Path(__file__).resolve().parent.parent
PICTURES = TOP / "docs" / "img"
TABLET = {"width": 1180, "height": 820}
UPRIGHT = {"width": 820, "height": 1180}
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# As `flask demo load` prints it: her date of birth, and where her link leads.
HER_LINK = re.compile(r"born (\d+) (\d+) (\d+)\): \S+(/a/\S+)")
QUIET = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NURSE, ADMINISTRATOR = "aiko.kimura@harbour.example", "marta.lindqvist@harbour.example"
PSYCHIATRIST = "chidi.okafor@harbour.example"


def main() -> None:
    """Serve a fresh demo, take the pictures, stop."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            **os.environ,
            "CLINIC_DEMO": "1",
            "CLINIC_SECRET_KEY": "demo-only-secret-do-not-use-for-patients-0000",
            "CLINIC_DATABASE_URI": f"sqlite:///{folder}/pictures.db",
            "CLINIC_EXPORT_FOLDER": f"{folder}/exports",
            "FLASK_APP": "wsgi",
            "PORT": str(port),
        }
        for command in (["db", "upgrade"], ["demo", "load", "--courses", "4"]):
            told = run([sys.executable, "-m", "flask", *command], environment)
        run([sys.executable, "-m", "flask", "worker", "--once"], environment)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", "wsgi:app"],
            env=environment,
            cwd=TOP,
        )
        try:
            wait_for(port)
            take(f"http://127.0.0.1:{port}", HER_LINK.search(told))
        finally:
            server.terminate()
            server.wait()


def run(command: list[str], environment: dict[str, str]) -> str:
    """One command, quietly; says what it would have said."""
    told = subprocess.run(
        command, env=environment, cwd=TOP, check=True, stdout=subprocess.PIPE, text=True
    )
    return told.stdout


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def take(address: str, her_link: re.Match[str] | None) -> None:
    """Every picture; the last ones send an answer that the clinic's list then holds."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=QUIET,
        )
        page = signed_out(browser, address)
        shoot(page, "sign-in")
        for theme, mark in (("light", ""), ("dark", "-dark")):
            nurse_pictures(signed_in(browser, address, NURSE, theme), mark)
        room_pictures(signed_in(browser, address, NURSE, "light"))
        course_pictures(signed_in(browser, address, PSYCHIATRIST, "light", DESK))
        page = signed_in(browser, address, ADMINISTRATOR, "light", DESK)
        page.goto("/reports")
        shoot(page, "reports")
        page.locator("#export").evaluate("form => form.parentElement.scrollIntoView()")
        shoot(page, "export")
        page.goto("/settings/scales/EPDS/en")
        shoot(page, "scales", full=True)
        if her_link:
            phone_pictures(browser, address, her_link)
        browser.close()


def nurse_pictures(page: Page, mark: str) -> None:
    """The board, a running session and the check before she leaves."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.goto("/board")
    shoot(page, f"board{mark}")
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    opens(page, "Hannah Schultz")
    shoot(page, f"session{mark}")
    opens(page, "Maya Torres")
    page.goto(page.url.split("?")[0] + "/discharge")
    shoot(page, f"discharge{mark}")


def room_pictures(page: Page) -> None:
    """The session's page in other states: before the dose, alert, left hand, offline, upright."""
    for name, who in (("predose", "Aisha Bello"), ("alert", "Maya Torres")):
        opens(page, who)
        shoot(page, f"session-{name}")
    opens(page, "Hannah Schultz")
    page.evaluate("document.body.classList.add('is-left')")
    shoot(page, "session-left")
    opens(page, "Hannah Schultz")
    page.context.set_offline(True)
    page.locator("[data-outbox-banner]").wait_for()
    shoot(page, "session-offline")
    page.context.set_offline(False)
    page.set_viewport_size(UPRIGHT)  # type: ignore[arg-type]
    opens(page, "Hannah Schultz")
    shoot(page, "session-portrait")


def phone_pictures(browser: Browser, address: str, her_link: re.Match[str]) -> None:
    """Her phone: the first page, a question, and whom to call after a hard answer."""
    context = browser.new_context(base_url=address, viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(her_link[4])
    shoot(page, "phone-start")
    page.get_by_role("button", name="Start").click()
    for part, typed in zip(("Day", "Month", "Year"), her_link.groups(), strict=False):
        page.get_by_label(part).fill(typed)
    page.get_by_role("button", name="Go on").click()
    for number in range(1, 10):
        page.wait_for_url(f"**/questions/{number}")
        page.get_by_text("Several days").click()
        if number == 4:
            shoot(page, "phone-question")
        page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/support/9")
    shoot(page, "phone-support", full=True)


def opens(page: Page, who: str) -> None:
    """The session of a woman, from the board."""
    page.goto("/board")
    page.get_by_role("link", name=who).first.click()
    page.wait_for_load_state("networkidle")


def course_pictures(page: Page) -> None:
    """One course through its stages, and the calls that are due."""
    page.goto("/follow-ups")
    shoot(page, "follow-ups")
    page.goto("/patients")
    shoot(page, "patients")
    course = course_of(page, "Maya Torres")
    for name in ("review", "sessions-overlay", "integration", "mother-and-baby"):
        page.goto(f"{course}/{name}")
        shoot(page, name, full=True)
    page.goto(f"{course_of(page, 'Clara Novak')}/evaluation?section=infant")
    shoot(page, "evaluation")


def course_of(page: Page, who: str) -> str:
    """The address of a woman's course."""
    page.goto("/patients")
    page.get_by_role("link", name=who).first.click()
    page.wait_for_load_state("networkidle")
    return page.url.split("?")[0]


def signed_out(browser: Browser, address: str) -> Page:
    """A tablet at the sign-in page."""
    page = browser.new_context(base_url=address, viewport=TABLET, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.goto("/sign-in")
    return page


def signed_in(
    browser: Browser, address: str, email: str, theme: str, size: dict[str, int] = TABLET
) -> Page:
    """A person at work, in a theme."""
    context = browser.new_context(base_url=address, viewport=size, locale="en-GB")  # type: ignore[arg-type]
    context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Work email").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("networkidle")
    return page


def shoot(page: Page, name: str, *, full: bool = False) -> None:
    """One picture."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=full)
    print(f"docs/img/{name}.png")


def wait_for(port: int) -> None:
    """Until the server answers."""
    for _ in range(200):
        try:
            HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not come up")


if __name__ == "__main__":
    main()
