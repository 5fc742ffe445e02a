import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from numerics.divergence import measured_divergence, mode_divergence
from numerics.measured import Measured
from numerics.scenes.divergence import shared_eigenbasis, two_gaussians


@pytest.mark.parametrize(("lam", "lam_gen", "mu", "mu_gen"), [(1.0, 0.2, 0.0, 0.0), (0.3, 2.0, 1.0, -0.5)])
def test_the_sum_agrees_with_adaptive_quadrature(lam, lam_gen, mu, mu_gen):
    p, q = norm(mu_gen, lam_gen**0.5), norm(mu, lam**0.5)
    expected, _ = quad(lambda x: p.pdf(x) * (p.logpdf(x) - q.logpdf(x)), -25, 25, epsabs=1e-11, limit=200)

    found = mode_divergence(lam=lam, lam_gen=lam_gen, mu=mu, mu_gen=mu_gen)

    assert abs(found.value - expected) <= found.error + 1e-9


def test_a_law_does_not_diverge_from_itself():
    assert abs(mode_divergence(lam=0.7, lam_gen=0.7).value) < 1e-12


def test_errors_of_the_variances_are_errors_of_the_divergence():
    sharp = measured_divergence(Measured(value=1.0, error=0.0), Measured(value=0.5, error=0.0))
    blunt = measured_divergence(Measured(value=1.0, error=1e-3), Measured(value=0.5, error=1e-3))
    moved = measured_divergence(Measured(value=1.001, error=0.0), Measured(value=0.499, error=0.0))

    assert abs(moved.value - sharp.value) <= blunt.error


@pytest.mark.parametrize("scene", [two_gaussians, shared_eigenbasis])
def test_a_sampled_mean_of_the_log_ratio_is_near(scene):
    letters, found = scene(1)
    rng, d = np.random.default_rng(0), int(letters["d"])
    x = rng.multivariate_normal(letters["mu_1"][:, 0], letters["Sigma_1"], size=200_000)

    def logpdf(k):
        y = x - letters[f"mu_{k}"][:, 0]
        inner = np.einsum("ni,ij,nj->n", y, np.linalg.inv(letters[f"Sigma_{k}"]), y)
        return -(inner + letters[f"lndet{k}"] + d * np.log(2 * np.pi)) / 2

    ratio = logpdf(1) - logpdf(2)
    assert abs(ratio.mean() - found.value) < 5 * ratio.std() / np.sqrt(len(ratio))
