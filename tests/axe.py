"""This file is about axe: what it finds on a page that would shut somebody out."""

import json
from typing import Any, Literal

from playwright.sync_api import Page

from tests.architecture.tree import ROOT

Theme = Literal["light", "dark"]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page: Page) -> list[str]:
    """The serious and the critical ones, with the piece of the page they are in.

    Whoever has just followed a link waits for the new page first: `expect(...)`, `wait_for_url`.
    """
    page.wait_for_load_state()
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {json.dumps(RULES)})")
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def faults_on(page: Page, *addresses: str, theme: Theme = "light") -> dict[str, list[str]]:
    """What is found on each page that has something. Each must open, its charts be drawn."""
    page.emulate_media(color_scheme=theme)
    found = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None, address
        assert answer.status == 200, address
        for chart in page.locator("[data-chart]:visible").all():
            chart.locator("svg").first.wait_for()
        found[f"{address}, {theme}"] = faults(page)
    return {place: words for place, words in found.items() if words}
