"""The tests: statements about the product."""
