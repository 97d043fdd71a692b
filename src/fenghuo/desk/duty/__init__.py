"""Roster, shifts, handover, log."""
