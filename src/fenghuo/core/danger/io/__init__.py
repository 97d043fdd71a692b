"""Reads weather from outside, one module a source: station tables, workbooks, services, grids."""
