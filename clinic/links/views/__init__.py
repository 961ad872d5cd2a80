"""This package is about the pages of private links: hers, and those of the staff who send them."""

from clinic.links.views import answering, beginning, sending
from clinic.links.views.blueprints import phone, staff

__all__ = ["BLUEPRINTS", "answering", "beginning", "sending"]

BLUEPRINTS = (phone, staff)
