"""This file is about the door for the server and for `flask ...`."""

from clinic import create_app

app = create_app()
