"""This package is about what the demonstration tells: its people, and how their sessions went."""
