"""This file is about the one blueprint of the pages of other treatment."""

from flask import Blueprint

bp = Blueprint("integration", __name__)
