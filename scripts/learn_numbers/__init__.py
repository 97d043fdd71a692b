"""Grows the forests that the checker asks of figures and times, from papers whose faults are known."""
