"""Shares, rates and changes beside the figures that they come from."""
