"""This package is about the columns of each file, one place per column."""
