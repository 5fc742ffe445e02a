"""What the measurements are tried on: small problems with nothing diagonal, log-uniform sizes, shrinking to 1."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import ortho_group

quickly = settings(max_examples=12, deadline=None, derandomize=True, database=None)


def log_uniform(low, high):
    """Numbers between low and high, equally likely on the logarithmic scale."""
    return st.floats(np.log(low), np.log(high)).map(lambda x: float(np.clip(np.exp(x), low, high)))


seeds = st.integers(0, 10_000)
variances = st.one_of(st.just(0.0), log_uniform(1e-3, 10))
noise_levels = log_uniform(0.05, 10)
training_times = log_uniform(1e-3, 10)
initial_weights = st.floats(-0.5, 1.5)


def random_data(seed, d=3):
    """A mean and a covariance in d dimensions."""
    rng = np.random.default_rng(seed)
    U = ortho_group.rvs(d, random_state=rng)
    return rng.normal(size=d), (U * 10 ** rng.uniform(-2, 1, size=d)) @ U.T


def random_start(seed, d=3):
    """Theta = [W b] with W not symmetric."""
    return np.random.default_rng(seed + 1).normal(size=(d, d + 1))
