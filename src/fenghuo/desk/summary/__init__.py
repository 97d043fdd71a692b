"""Facts, figures, and the summary of a period."""
