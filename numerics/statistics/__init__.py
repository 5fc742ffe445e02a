"""Simulated means with their standard errors, and the tests that decide on them."""
