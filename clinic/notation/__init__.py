"""This package is about data that people write: read with every fault named, written in one way.

Protocols and rating scales are such data, and the lines of a spreadsheet. It holds rules only, so
that other rules may use it.
"""
