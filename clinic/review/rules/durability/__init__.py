"""This package is about how soon she responded, and how long that lasted after each dose."""

from clinic.review.rules.durability.lasting import AfterDose, Durability, Said, durability

__all__ = ["AfterDose", "Durability", "Said", "durability"]
