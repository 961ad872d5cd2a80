"""This file is about the one blueprint of the pages of reports."""

from flask import Blueprint

bp = Blueprint("reports", __name__)
