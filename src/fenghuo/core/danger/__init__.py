"""Fire weather: station readings in, FWI codes day by day, a 1–5 rating for a point out."""
