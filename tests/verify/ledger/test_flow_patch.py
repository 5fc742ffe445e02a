import numpy as np
import pytest

from numerics.flow_matching.patch import log_variances, shifts
from tests.numerics.strategies import random_data
from theory.flow_matching import kappa
from verify.bridge import evaluate
from verify.ledger.ours.flow_patch import printed


@pytest.mark.parametrize(("r", "law"), [(0, "moments"), (1, "samples")])
def test_a_local_filter_generates_the_sum_over_eigenvectors_of_its_patches(r, law):
    d, eta, tau = 4, 0.06, 1.3
    _, Sigma = random_data(r, d)
    w0 = np.random.default_rng(r).normal(size=2 * r + 1) / 3
    S = shifts(d, r)
    patches = np.einsum("imn,jmn->ij", S @ Sigma, S) / d
    thetas, V = np.linalg.eigh(patches)
    f = np.cos(2 * np.pi * np.outer(np.arange(-r, r + 1), np.arange(d)) / d)

    weights = {"a_kj": (f.T @ V) * V[r], "b_kj": (f.T @ V) * (V.T @ w0)}
    terms = evaluate(printed(kappa), {"lam": thetas[None, :], "eta": eta * d, "tau": tau, **weights})

    found = log_variances(Sigma=Sigma, w0=w0, eta=eta, tau=tau, law=law)
    assert np.allclose(terms.sum(1), found.value, atol=1e-7)
    assert found.worst < 1e-5
