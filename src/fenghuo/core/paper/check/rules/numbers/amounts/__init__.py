"""Single numbers that cannot be so, and their units."""
