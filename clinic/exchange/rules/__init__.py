"""This package is about what goes to other systems, in their words: pure data and functions."""
