"""This package is about two directions: `parsing` reads, `canonical` and `spreadsheet` write."""
