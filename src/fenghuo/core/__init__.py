"""The field: danger, CAP, law and papers, without Django, a database or a clock of its own."""
