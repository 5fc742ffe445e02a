"""What the commands do: a run, the reading of its results, training; what they remember and show meanwhile."""
