"""What apps offer to the pages that gather: facts, open items, search, headlines, map layers, chores."""

from .offers import AreaPaint, Fact, Headline, OpenItem, Period, Record, SearchHit, register

__all__ = ["AreaPaint", "Fact", "Headline", "OpenItem", "Period", "Record", "SearchHit", "register"]
