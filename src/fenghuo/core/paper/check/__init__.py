"""The checker of official papers: what was left open, pasted, miscounted, copied or laid out wrong, and where."""
