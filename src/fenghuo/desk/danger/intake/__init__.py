"""Weather on its way in: whose columns are whose, and which values somebody should look at."""
