"""This file is about how the installation stands: each line in plain words, with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from clinic.operations.rules.backups import Kept

NEARLY_FULL, FULL = 85, 95  # percent of a disk
BACKUP_EVERY = timedelta(hours=26)  # a day, and the time that a slow night takes
CHECK_EVERY = timedelta(days=8)  # a week, and a day
LONG_WAIT = timedelta(minutes=15)  # a message that should have gone out
BEHIND = timedelta(seconds=5)  # of two clocks


class State(StrEnum):
    """How a line stands."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True)
class Line:
    """One thing that must hold. `do`: what to do, in plain words; empty when all is well."""

    name: str
    state: State
    says: str
    do: str = ""


def good(name: str, says: str) -> Line:
    """A line that needs nobody."""
    return Line(name, State.GOOD, says)


def worst(lines: Sequence[Line]) -> State:
    """How the whole stands."""
    states = {line.state for line in lines}
    return next((one for one in (State.BAD, State.LOOK) if one in states), State.GOOD)


def as_gauges(lines: Sequence[Line]) -> str:
    """The lines as Prometheus reads them: 0 good, 1 to look at, 2 bad."""
    value = {State.GOOD: 0, State.LOOK: 1, State.BAD: 2}
    told = [f'clinic_state{{what="{line.name}"}} {value[line.state]}' for line in lines]
    head = ["# HELP clinic_state 0 good, 1 look at it, 2 act now", "# TYPE clinic_state gauge"]
    return "\n".join([*head, *told]) + "\n"


def disk(place: str, used: int, free_gb: float) -> Line:
    """used: percent."""
    name, says = f"Disk of {place}", f"{used} % used, {free_gb:.1f} GB free."
    if used < NEARLY_FULL:
        return good(name, says)
    state = State.BAD if used >= FULL else State.LOOK
    return Line(name, state, says, "Delete what is not needed there, or give it a larger disk.")


def backup(kept: Sequence[Kept], now: datetime, *, named: bool) -> Line:
    """kept: newest first. named: whether a folder for backups was named at all."""
    name, make = (
        "Backup",
        "Run `flask backup create --verify`, and look why the nightly one did not.",
    )
    if not named:
        return Line(
            name, State.BAD, "There is none.", "Set CLINIC_BACKUP_FOLDER and CLINIC_BACKUP_KEY."
        )
    if not kept:
        return Line(name, State.BAD, "None was ever made.", make)
    newest, age = kept[0], now - kept[0].made_at
    says = f"The newest is {ago(age)} old"
    if newest.check is None:
        state = State.BAD if age > BACKUP_EVERY else State.LOOK
        return Line(name, state, f"{says} and was never verified.", "Run `flask backup verify`.")
    if not newest.check.whole:
        return Line(name, State.BAD, f"{says} and is not whole: {newest.check.why}", make)
    if age > BACKUP_EVERY:
        return Line(name, State.BAD, f"{says}.", make)
    rows = f"{newest.check.rows} rows and {newest.check.events} events came back"
    return good(name, f"{says} and was verified: {rows} in {newest.check.seconds} s.")


def ago(span: timedelta) -> str:
    """A length of time in the largest unit that says enough."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"


def clock(*, synchronised: bool | None, ahead: timedelta) -> Line:
    """synchronised: as the machine says; None when it does not say. ahead: by how much the newest
    event of the trail, or the database's clock, lies after our own."""
    name = "Clock"
    if ahead > BEHIND:
        says = f"It is {ago(ahead)} behind what was already written or what the database says."
        do = "Set it by a time server (`timedatectl set-ntp true`) before anybody writes on."
        return Line(name, State.BAD, says, do)
    if synchronised is False:
        says = "It follows no time server, so moments of entries drift."
        return Line(name, State.LOOK, says, "Run `timedatectl set-ntp true`, or start chrony.")
    return good(name, "It follows a time server." if synchronised else "It goes on steadily.")


def mail(ways: Sequence[str], waiting: int, oldest: timedelta | None, failed: int) -> Line:
    """ways: e-mail, text messages. waiting: messages whose time has come, oldest for how long.
    failed: that could not be sent within a day."""
    name = "Messages"
    if oldest is not None and oldest > LONG_WAIT:
        says = f"{waiting} wait, the oldest for {ago(oldest)}."
        do = "Look whether `flask tick` runs every minute, and whether the mail server answers."
        return Line(name, State.BAD, says, do)
    if failed:
        says = f"{failed} could not be sent since yesterday."
        return Line(name, State.LOOK, says, "Look at the follow-ups concerned: call instead.")
    if not ways:
        do = "Set CLINIC_SMTP_URL or CLINIC_SMS_URL if links and reminders are to go out."
        return Line(name, State.LOOK, "This server sends none.", do)
    return good(name, f"This server sends {' and '.join(ways)}; none waits too long.")


def trail(checked_at: datetime | None, now: datetime, *, whole: bool, why: str = "") -> Line:
    """The last check of the trail; checked_at None: there was none."""
    name, run = "Trail", "Run `flask audit verify --note`; a timer does it weekly."
    if checked_at is None:
        return Line(name, State.LOOK, "It was not checked lately.", run)
    when = f"checked {ago(now - checked_at)} ago"
    if not whole:
        do = "Change nothing. Keep a copy of the database, and follow the chapter on incidents."
        return Line(name, State.BAD, f"BROKEN, {when}: {why}", do)
    if now - checked_at > CHECK_EVERY:
        return Line(name, State.LOOK, f"Whole, but {when}.", run)
    return good(name, f"Whole, {when}.")


def migrations(present: str | None, newest: str) -> Line:
    """Revisions of the tables. None: the database does not say."""
    name = "Tables"
    if present == newest:
        return good(name, f"They are those of this version (revision {newest}).")
    says = f"They are of revision {present or 'unknown'}; this version needs {newest}."
    return Line(name, State.BAD, says, "Make a backup, then run `flask db upgrade`.")


def keys(faults: Sequence[str]) -> Line:
    """faults: what is wrong with the keys, a sentence each."""
    if not faults:
        return good("Keys", "They open what they closed.")
    do = "Bring back the keys that were used before; see the chapter on a lost key."
    return Line("Keys", State.BAD, " ".join(faults), do)


def database(engine: str, faults: Sequence[str], standby: str) -> Line:
    """faults: what does not protect the rows as it should. standby: empty, `there` or `gone`."""
    name = "Database"
    if standby == "gone":
        says = "It answers, but its standby is away: nothing can be saved until it is back."
        do = "Bring the standby back, or run `deploy/postgresql/standby.sh alone PORT`."
        return Line(name, State.BAD, says, do)
    if faults:
        do = "Let the program sign in as `clinic_app`; see the chapter on PostgreSQL."
        return Line(name, State.LOOK, " ".join(faults), do)
    more = ", and its standby has every entry too" if standby else ""
    return good(name, f"{engine} answers{more}.")
