"""This package is about other systems: records in their words, and the codes of the outside."""
