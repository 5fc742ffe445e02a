"""Experiments: what is trained or simulated is declared in a file, runs by one command and leaves one small result."""
