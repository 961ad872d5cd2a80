"""This package is about the operator's doors: whole clinics, backups, upgrades, how it stands."""

from clinic.operations.commands.backups import backup
from clinic.operations.commands.clinics import clinic
from clinic.operations.commands.doctor import doctor
from clinic.operations.commands.upgrades import upgrade

__all__ = ["COMMANDS"]

COMMANDS = (backup, clinic, doctor, upgrade)
