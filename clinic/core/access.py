"""This file is about the table of every address: what it needs, and who gets in."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from clinic.core.permissions import GRANTS, PUBLIC, Role, needed

INTRODUCTION = """# Every address, and who may open it

Made from the program's own map of addresses: `flask permissions --table > docs/access.md`. A test
fails when an address is not in here, when a line differs from the program, and when an answer
differs from its line.

- **yes**: opens. **403**: refused, and the refusal is in the trail. A role without the right is
  refused for every record, of its own clinic or another.
- *Other clinic*: what somebody who may open it gets for a record of another clinic. **404**, as for
  one that does not exist; *own rows*: the address names no record, and shows or changes what is of
  the own clinic alone; *none*: it shows no record.
- *Signed out*: **sign in**: a page leads to the sign-in page, a script is told 401; **open**: for
  anybody; **link**: for whoever holds the address, and nobody signed in acts in it.
- Emergency access opens further pages of one patient to read, for an hour: see
  [security](security.md).
"""
NAMES_A_RECORD = "404"


@dataclass(frozen=True)
class Address:
    """One address with one set of methods. `roles`: in the order of `Role`."""

    methods: str
    rule: str
    needs: str
    roles: tuple[str, ...]
    other_clinic: str
    signed_out: str

    def line(self) -> str:
        """As it stands in the table."""
        cells = (self.methods, f"`{self.rule}`", self.needs, *self.roles)
        return "| " + " | ".join((*cells, self.other_clinic, self.signed_out)) + " |"


def addresses(app: Flask) -> Iterator[Address]:
    """Every address of the program, in alphabetical order."""
    in_order = sorted(
        app.url_map.iter_rules(), key=lambda one: (one.rule, sorted(one.methods or ()))
    )
    for rule in in_order:
        needs = needed(app, rule.endpoint) or ""
        by_link = getattr(app.view_functions[rule.endpoint], "by_link", False)
        yield Address(
            methods=methods_of(rule),
            rule=rule.rule,
            needs=needs,
            roles=tuple("yes" if opens(role, needs) else "403" for role in Role),
            other_clinic=beyond(needs, rule.arguments),
            signed_out="link" if by_link else "open" if needs == PUBLIC else "sign in",
        )


def methods_of(rule: Rule) -> str:
    """`GET POST`."""
    return " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))


def opens(role: Role, needs: str) -> bool:
    """Whether a role gets in."""
    return needs == PUBLIC or needs in GRANTS[role]


def beyond(needs: str, arguments: set[str]) -> str:
    """What a record of another clinic is answered with."""
    if needs == PUBLIC:
        return "none"
    return NAMES_A_RECORD if any(one.endswith("_id") for one in arguments) else "own rows"


def table(app: Flask) -> str:
    """The whole page."""
    heads = ("Methods", "Address", "Needs", *(role.capitalize() for role in Role))
    heads += ("Other clinic", "Signed out")
    top = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return "\n".join([INTRODUCTION, *top, *(one.line() for one in addresses(app))]) + "\n"
