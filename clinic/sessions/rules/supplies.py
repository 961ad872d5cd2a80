"""This file is about devices and vials: opened is given and returned and wasted (D5.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from clinic.sessions.rules.basis import Basis
from clinic.sessions.rules.dose import amount
from clinic.sessions.rules.log import Administration, Supply, SupplyEvent, SupplyUnit
from clinic.sessions.rules.results import DoseState, SupplyLine

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Box:
    """One device, or all vials. `whole`: what one holds, None for a vial; `given` None: `why`."""

    number: int | None
    name: str
    said: tuple[Supply, ...]
    whole: Decimal | None
    given: Decimal | None
    why: str
    used: int

    @property
    def unit(self) -> SupplyUnit:
        return next((s.unit for s in self.said if s.amount is not None and s.unit), SupplyUnit.MG)

    @property
    def mixed(self) -> bool:
        """Whether mL stand beside mg: what she was given is always in mg."""
        units = {s.unit for s in self.said if s.amount is not None and s.unit}
        return bool(units & {SupplyUnit.ML})

    def total(self, event: SupplyEvent) -> Decimal | None:
        """The sum of one event; None when an amount is not known."""
        amounts = [
            s.amount if s.amount is not None else self.whole for s in self.said if s.event is event
        ]
        known = [one for one in amounts if one is not None]
        return sum(known, NOTHING) if len(known) == len(amounts) else None

    @property
    def opened(self) -> Decimal | None:
        """None: nobody wrote it down. A device that was given has been opened."""
        if any(s.event is SupplyEvent.OPENED for s in self.said):
            return self.total(SupplyEvent.OPENED)
        return self.whole * self.used if self.whole is not None and self.used else None


def supplies_of(basis: Basis, dose: DoseState) -> tuple[SupplyLine, ...]:
    """One line for each device, or one for the vials of a route without devices."""
    return tuple(_line(basis, box, dose) for box in _boxes(basis, dose))


def _boxes(basis: Basis, dose: DoseState) -> Iterator[Box]:
    said = basis.log.of(Supply)
    devices = basis.plan.dose.devices
    if devices is None:
        if said or _begun(dose):
            given, why = _vial_given(dose)
            yield Box(None, "Vial", tuple(said), None, given, why, 0)
        return
    numbers = {s.device_number or 0 for s in said} | {device.number for device in dose.devices}
    for number in sorted(numbers):
        used = [device.mg for device in dose.devices if device.number == number]
        known = [mg for mg in used if mg is not None]
        given = sum(known, NOTHING) if len(known) == len(used) else None
        of_it = tuple(s for s in said if (s.device_number or 0) == number)
        name = f"Device {number}"
        yield Box(number, name, of_it, devices.mg_each, given, "amount given unknown", len(used))


def _begun(dose: DoseState) -> bool:
    pumped = dose.running or dose.paused or dose.stopped_at is not None
    return bool(dose.devices) or pumped


def _vial_given(dose: DoseState) -> tuple[Decimal | None, str]:
    if not _begun(dose):
        return NOTHING, ""
    running = dose.running or dose.paused
    return dose.given_mg, "still running" if running else "amount given unknown"


def _line(basis: Basis, box: Box, dose: DoseState) -> SupplyLine:
    returned, wasted = box.total(SupplyEvent.RETURNED), box.total(SupplyEvent.WASTED)
    parts = (box.opened, box.given, returned, wasted)
    known = [part for part in parts if part is not None]
    comparable = len(known) == len(parts) and not box.mixed
    left = known[0] - sum(known[1:], NOTHING) if comparable else None
    lots = _lots(basis, box, dose)
    return SupplyLine(
        device_number=box.number,
        name=box.name,
        unit=box.unit.value,
        opened=box.opened,
        given=box.given,
        returned=returned,
        wasted=wasted,
        difference=left,
        text=_in_words(box, left),
        lots=lots,
        witnesses=tuple(dict.fromkeys(s.witness for s in box.said if s.witness)),
        counted=any(s.amount is not None for s in box.said),
    )


def _lots(basis: Basis, box: Box, dose: DoseState) -> tuple[str, ...]:
    """Of what was opened and what was given, each once."""
    its: set[UUID] = {
        d.entry_id for d in dose.devices if box.number is None or d.number == box.number
    }
    given = [a.lot for a in basis.log.of(Administration) if box.number is None or a.id in its]
    return _once([s.lot for s in box.said] + given)


def _once(lots: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lot for lot in lots if lot))


def _in_words(box: Box, left: Decimal | None) -> str:
    """ "50 mg opened, 34 mg given, 10 mg wasted: 6 mg not accounted for"."""
    unit = box.unit.value
    opened, given = box.opened, box.given
    said = [
        "opening not written" if opened is None else f"{amount(opened)} {unit} opened",
        box.why if given is None else f"{amount(given)} mg given",
    ]
    for event in (SupplyEvent.RETURNED, SupplyEvent.WASTED):
        total = box.total(event)
        if total is None:
            said.append(f"amount {event.value} not written")
        elif any(s.event is event for s in box.said):
            said.append(f"{amount(total)} {unit} {event.value}")
    return ", ".join(said) + _verdict(box, left)


def _verdict(box: Box, left: Decimal | None) -> str:
    if box.mixed:
        return ": mL and mg are not compared"
    if left is None:
        return ""
    if left == 0:
        return ": all accounted for"
    too_much = left < 0
    return f": {amount(abs(left))} mg {'more than was opened' if too_much else 'not accounted for'}"
