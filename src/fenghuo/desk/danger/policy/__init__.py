"""How a desk rates: its choices, its own classes and score tables, its calibration, its green cover."""
