"""Settings, addresses, the pages that gather, and the command line."""
