"""What papers whose faults are known teach of figures and times, beside what the looks know of words."""
