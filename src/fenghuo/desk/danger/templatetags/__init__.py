"""Template tags of danger."""
