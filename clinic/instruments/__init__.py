"""This package is about rating scales: what they ask, how they are scored, what a score means."""
