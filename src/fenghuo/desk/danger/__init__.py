"""Observations in, ratings out, thresholds that draft a warning."""
