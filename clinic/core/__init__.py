"""This package is about the promises that every room relies on and no room is about."""
