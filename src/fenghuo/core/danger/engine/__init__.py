"""The compiled engine: the same equations as the scalar modules, for many cells and days at once."""
