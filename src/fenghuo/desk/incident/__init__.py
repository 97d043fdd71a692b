"""First report, follow-up, final report, and the clocks."""
