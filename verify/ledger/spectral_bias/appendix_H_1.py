"""Appendix H.1: what the best velocity field makes of noise."""

import sympy as sp

from numerics.flow_matching import scenes
from theory.domain import domain_of
from theory.flow_matching import MODES, TIMES_BEFORE, C, W_opt, lam, t, y
from theory.regression import PSD, Sigma, unit
from theory.relation import MatrixSolves, Solves
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.spectral_bias.appendix_H import best
from verify.ledger.spectral_bias.lanes_H import CENTRED, LINEAR, ODE_BEST, ODE_BEST_SHIFTED

x, mu = symbols("x mu")
BEST = (LINEAR, "optimal weights")
STARTED = MODES.joined(domain_of((x,)))
SHIFTED = STARTED.joined(domain_of((mu,)))
size = sp.sqrt((1 - t) ** 2 + t**2 * lam)


def sampled(solution: sp.Expr, mean: sp.Expr = sp.S.Zero) -> Solves:
    """Return that `solution` follows dx/dt = w* x + (1 - t w*) mean from x at t = 0."""
    return Solves(solution=solution, var=t, unknown=y, rate=best * y + (1 - t * best) * mean, at=sp.S.Zero, start=x)


def covariance(solution: sp.MatrixExpr) -> MatrixSolves:
    """Return that the covariance of the samples at time t is `solution`."""
    return MatrixSolves(
        solution=solution,
        var=t,
        unknown=C,
        rate=W_opt * C + C * W_opt.T,
        at=((t, sp.S.Zero),),
        start=unit,
        given=(PSD,),
    )


CLAIMS = (
    Claim(
        id="wp.H.1.sol.mode",
        says="x_k(t) = x_k(0) sqrt((1-t)^2 + t^2 lam_k); this is the correct scaling of the x_k",
        where="H.1 [354]-[357]",
        source="reconstructed",
        relation=sampled(x * size),
        domain=STARTED,
        assumes=(*BEST, CENTRED),
        derived_in="flow matching: transport",
        checks=(*EXACT, ODE_BEST),
        slips=(sampled(x * size**2), sampled(x * sp.sqrt((1 - t) ** 2 + t * lam))),
    ),
    Claim(
        id="wp.H.1.sol.covariance",
        says="at time t the covariance of the sampled points is (1-t)^2 I + t^2 Sigma",
        where="H.1 [354]-[357]",
        source="reconstructed",
        reading="for samples that start as N(0, I), and data of any covariance and mean; t < 1",
        relation=covariance((1 - t) ** 2 * unit + t**2 * Sigma),
        domain=TIMES_BEFORE,
        assumes=BEST,
        derived_in="flow matching: transport",
        checks=(*EXACT, Matrices(scene=scenes.best_covariance)),
        slips=(covariance((1 - t) * unit + t * Sigma),),
    ),
    Claim(
        id="wp.H.1.full",
        says="x(t) = t mu + sum_k sqrt((1-t)^2 + t^2 lam_k) u_k u_k^T x(0) for any mu",
        where="H.1 [358]-[363]",
        source="reconstructed",
        reading="along a mode with the mean mu",
        relation=sampled(t * mu + size * x, mu),
        domain=SHIFTED,
        assumes=(*BEST, "optimal bias"),
        derived_in="flow matching: transport",
        checks=(*EXACT, ODE_BEST_SHIFTED),
        slips=(sampled(mu + size * x, mu), sampled(t**2 * mu + size * x, mu)),
    ),
)
