"""This file is about what the invented mothers answer before their first dose: no thought of harm."""

# (scale, form) -> scores of the items in order.
BASELINE = {
    ("MADRS", "standard"): (4, 4, 3, 4, 3, 4, 4, 3, 3, 0),
    ("MADRS", "24-hours"): (4, 4, 3, 4, 3, 4, 3, 3, 3, 0),
    ("EPDS", "standard"): (2, 2, 2, 3, 2, 2, 2, 2, 2, 0),
    ("PHQ9", "standard"): (2, 3, 3, 2, 2, 2, 2, 1, 0, 2),
}
