"""This package is about loading the demonstration, through the same actions as everything else."""

from clinic.demo.actions.links import load_link
from clinic.demo.actions.loading import load_demo

__all__ = ["load_demo", "load_link"]
