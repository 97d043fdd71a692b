"""Counts that are told two ways."""
