"""This file is about the blueprint of this room."""

from flask import Blueprint

bp = Blueprint("evaluation", __name__)
