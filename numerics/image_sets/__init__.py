"""What a set of images measures: its dimension, its mean, and the variances generated along its modes."""
