"""The desk: the Django side, one app a link of the chain."""
