"""The third part of the corpus: written without sight of the rules."""
