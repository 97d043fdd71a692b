"""What places announce to the apps above them, inside the act's own transaction."""

from django.dispatch import Signal

site_elevation_changed = Signal()
"""Sent with `sites` after their elevations were set, changed or taken away."""
