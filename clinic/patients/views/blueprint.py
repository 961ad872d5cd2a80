"""This file is about the one blueprint of the pages of patients."""

from flask import Blueprint

bp = Blueprint("patients", __name__)
