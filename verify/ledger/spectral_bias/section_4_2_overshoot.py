"""Section 4.2, non-centred data: what the coupling of W and b does to a mode."""

from functools import partial

import sympy as sp

from numerics import one_layer as measured
from numerics.scenes import training as training_scenes
from theory import regression
from theory.centred import W0, eta, mode_gradient, projection, tau, v
from theory.centred import flow as matrix_flow
from theory.domain import domain_of
from theory.matrices import Eigenvector, Grad, Rule
from theory.mean_coupling import (
    BY_DATA,
    COUPLED,
    fast_bias,
    fast_weight,
    lam,
    slow_bias,
    slow_weight,
)
from theory.regression import Sigma, W, sigma, u
from theory.relation import Both, Inequality, MatrixIdentity, Relation
from verify.checks.matrices import Matrices
from verify.checks.ode import Ode
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_4_2 import first
from verify.ledger.spectral_bias.section_4_2_mean import ASSUMES, MEAN

OVERSHOOT = (
    "Eigenmodes of weights overlapping with the mean now interact with b, producing transient overshoots and other "
    "non-monotonic effects"
)
ORTHOGONAL = "orthogonal modes retain the exponential convergnece above"
ALONG = (*ASSUMES, "the mean is along u_k", "weight and bias of the mode start at 0")


def by_data(relation: Relation) -> sp.Expr:
    """Return the left-hand side with the eigenvalues as functions of variance, mean and noise level."""
    comparison = first(relation)
    return comparison.lhs.xreplace(BY_DATA) if isinstance(comparison, Inequality) else sp.nan


ORTHOGONAL_MODE = (*regression.DATA, Eigenvector(u, Sigma, lam), Rule(regression.mu.T * u, sp.ZeroMatrix(1, 1)))
ODE_WEIGHT = Ode(measure=measured.slow_weight, box=MEAN, formula=by_data)
ODE_BIAS = Ode(measure=measured.slow_bias, box=MEAN, formula=by_data)

uncoupled = Both(
    (
        matrix_flow(projection(), W0 * u, v, -eta * mode_gradient),
        MatrixIdentity(Grad(regression.loss, W) * u, mode_gradient.xreplace({v: W * u}).doit(), ORTHOGONAL_MODE),
    )
)
ODE_ORTHOGONAL = Matrices(scene=training_scenes.orthogonal_projection)


def overshoots(slow: sp.Expr, fast: sp.Expr, step: str, ode: Ode) -> partial[Claim]:
    """Return the claim, but for the words, that `slow`, the factor of the slow exponential, is positive somewhere."""
    return partial(
        Claim,
        source="as printed",
        relation=Inequality(slow, ">", sp.S.Zero, some=True),
        domain=COUPLED,
        assumes=ALONG,
        derived_in=f"mean coupling: {step}",
        checks=(KERNEL, ode),
        slips=(Inequality(fast, ">", sp.S.Zero, some=True),),
        formula=False,
    )


weight_overshoots = overshoots(slow_weight, fast_weight, "slow weight", ODE_WEIGHT)
bias_overshoots = overshoots(slow_bias, fast_bias, "slow bias", ODE_BIAS)
weight_always_overshoots = partial(
    Claim,
    source="as printed",
    relation=Inequality(slow_weight, ">", sp.S.Zero),
    domain=COUPLED,
    assumes=ALONG,
    checks=EXACT,
    corrected_by="our.mean.overshoot.weight",
    formula=False,
)

CLAIMS = (
    weight_overshoots(
        id="wp.4.2.overshoot.weight",
        says=OVERSHOOT,
        reading=(
            "for some parameters with mu > 0 the weight, from zero, ends above its optimum: its slow exponential is "
            "positive"
        ),
        where="section 4.2",
    ),
    bias_overshoots(
        id="wp.4.2.overshoot.bias",
        says=OVERSHOOT,
        reading=(
            "for some parameters with mu > 0 the bias, from zero, ends above its optimum: its slow exponential is "
            "positive"
        ),
        where="section 4.2",
    ),
    weight_always_overshoots(
        id="wp.4.2.overshoot.always",
        says=OVERSHOOT,
        reading=(
            "for all parameters with mu != 0 the weight, from zero, ends above its optimum: its slow exponential is "
            "positive"
        ),
        where="section 4.2",
    ),
    Claim(
        id="wp.4.2.overshoot.orthogonal",
        says=ORTHOGONAL,
        reading="for u_k with mu.u_k = 0, W(tau) u_k is that of zero-mean data, whatever the mean and the bias",
        where="section 4.2",
        source="as printed",
        relation=uncoupled,
        domain=domain_of((lam, sigma, eta, tau)),
        assumes=(*ASSUMES, "mu.u_k = 0"),
        derived_in="centred: projection",
        checks=(*EXACT, ODE_ORTHOGONAL),
        slips=(
            MatrixIdentity(
                Grad(regression.loss, W) * u, mode_gradient.xreplace({v: W * u}).doit(), ORTHOGONAL_MODE[:-1]
            ),
        ),
    ),
)
