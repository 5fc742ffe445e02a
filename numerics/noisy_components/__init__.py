"""Noisy principal components of finite data and what is learned from them, by simulation at finite size."""
