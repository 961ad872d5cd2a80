"""This file is about where the pages of links live."""

from flask import Blueprint

# Hers: an address that says nothing about whose page it is.
phone = Blueprint("phone", __name__, url_prefix="/a/<token>")
# The staff's.
staff = Blueprint("links", __name__)
