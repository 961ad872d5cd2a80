"""This package is about monitored sessions: the log and what follows from it."""
