"""What a paper says, as the looks for faults read it: its sentences, amounts, times and how they stand together."""
