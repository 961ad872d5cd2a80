"""This package is about protocols: what a clinic has decided, as data."""
