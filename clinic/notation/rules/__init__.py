"""This package is about the two directions: `parsing` reads and checks, `canonical` and `spreadsheet` write."""
