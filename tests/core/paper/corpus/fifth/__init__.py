"""The fifth part of the corpus: six papers in other voices, written after the rules had been widened by the fourth."""
