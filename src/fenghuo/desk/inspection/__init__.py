"""Inspections, hazards, rectification, verification."""
