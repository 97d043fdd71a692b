"""Accounts, units and roles, and who may see which area."""
