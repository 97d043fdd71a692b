"""Whether figures that seem to contradict each other hold after all."""
