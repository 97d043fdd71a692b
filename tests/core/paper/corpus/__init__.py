"""Clean official papers, the same papers with known faults put in, and how well a checker finds those faults."""
