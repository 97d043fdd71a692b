"""Ratings of places from a grid that was computed elsewhere: what `fenghuo danger compute` wrote."""
