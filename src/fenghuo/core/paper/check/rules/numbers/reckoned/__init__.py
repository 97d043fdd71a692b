"""What follows from amounts told beside it, in whatever words and units: what is left, differences, products, lists."""
