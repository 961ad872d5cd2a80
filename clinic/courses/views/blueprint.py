"""This file is about the one blueprint of the pages of courses."""

from flask import Blueprint

bp = Blueprint("courses", __name__)
