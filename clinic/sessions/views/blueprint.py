"""This file is about the one blueprint of this room."""

from flask import Blueprint

bp = Blueprint("sessions", __name__)
