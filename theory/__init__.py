"""Exact derivations, from the loss to closed forms. SymPy only."""
