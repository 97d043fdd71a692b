"""What carries a message out: one folder a channel."""
