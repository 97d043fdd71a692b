"""Fenghuo (烽火): a duty desk for local government."""
