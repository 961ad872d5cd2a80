"""This package is about the pages of private links: hers, and those of the staff who send them."""

from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = ()
