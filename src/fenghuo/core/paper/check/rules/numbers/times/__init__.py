"""Dates, periods, years, and what belongs to another time."""
