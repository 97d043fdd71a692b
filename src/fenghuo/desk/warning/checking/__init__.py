"""The page on which anybody the desk permits has a CAP document checked: pasted or dropped, and kept nowhere."""
