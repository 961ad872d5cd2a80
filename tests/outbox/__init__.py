"""Tests of what a tablet keeps and sends by itself."""
