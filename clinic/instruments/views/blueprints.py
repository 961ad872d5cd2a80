"""This file is about the blueprints of rating scales."""

from flask import Blueprint

course = Blueprint("instruments", __name__)
library = Blueprint("scales", __name__)
safety = Blueprint("safety", __name__)
