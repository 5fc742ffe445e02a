"""Formulas leave in other languages; each export says whether what it wrote was verified."""
