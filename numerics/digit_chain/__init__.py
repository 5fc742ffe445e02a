"""Chains of PCA projections learned from noisy digits, and what the paper on power iteration shows of them."""
