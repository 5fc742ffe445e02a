"""Networks that are trained: their layers, and what they make of an input."""
