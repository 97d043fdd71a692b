"""`python -m fenghuo`."""

from fenghuo.desk.site.command_line import main

main()
