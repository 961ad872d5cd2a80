"""This package is about stage 4: what helps beside the drug, and whether it fits with the doses."""
