"""Papers under check: a page that finds what is wrong with a paper and mends it, and the archive to compare with."""
