"""This file is about the blueprint of follow-ups."""

from flask import Blueprint

bp = Blueprint("followups", __name__)
