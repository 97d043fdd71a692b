"""The demo desk: a fictional township with a month of history, made through the program's own commands."""
