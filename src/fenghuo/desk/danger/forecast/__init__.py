"""Forecasts: taken in or fetched, run on from the last observed day, shown apart, and measured afterwards."""
