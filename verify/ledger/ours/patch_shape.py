"""Our own statements on local filters: time scales, smoothness and order of the generated spectrum."""

import sympy as sp

from theory import cyclic
from theory.circulant import K
from theory.convolution import (
    N,
    a_k,
    eta,
    final_share,
    log_share,
    tau,
    theta,
)
from theory.domain import Domain, Range, domain_of
from theory.matrices import Orthonormal
from theory.one_layer import sigma0, sigmaT
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.shared_three_taps import COSINES, WEAK, ar1, linear_in_cosine
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, LOCAL, SAME_START

PROP = (CIRCULAR, LOCAL, FLOW)
TRAINED = (*PROP, SAME_START)
(cos_w,) = symbols("cos_w")
f, v, u1, u2 = (sp.MatrixSymbol(name, K, 1) for name in ("f", "v", "u1", "u2"))
J = sp.Identity(K) - 2 * u1 * u1.T - 2 * u2 * u2.T
REVERSAL = (Orthonormal((u1, u2)),)
OPEN = Range(-sp.S.One, sp.S.One)


def at_start(theta: sp.Expr, a: sp.Expr) -> sp.Expr:
    """Return d ln(variance)/d tau of the summand of one patch mode for the zero filter."""
    return sp.Derivative(log_share(theta, a, sp.S.Zero), tau)


PAIRS = ar1()
falls = sum(a * value for value, a in PAIRS)
rises = sum(final_share(value, a) for value, a in PAIRS) - sp.log(sigma0**2 / sigmaT**2)
LEVELS = domain_of((sigma0, sigmaT)).within(sigma0=("1/100", "1/10"), sigmaT=("10", "100"))
lags = symbols("lag0 lag1 lag2")
vector = symbols("tap0 tap1 tap2")


def quadratic() -> sp.Expr:
    """Return v^T Sigma_patch v for r = 1."""
    patch = sp.Matrix(3, 3, lambda a, b: lags[abs(a - b)])
    column = sp.Matrix(vector)
    return (column.T * patch * column)[0]


def spectral_mean(N: int) -> sp.Expr:
    """Return (1/N) sum_k S_k |sum_j v_j exp(-2 pi i j k/N)|^2 for a circle of N = 4 pixels with these lags."""
    filters = dict(zip((-1, 0, 1), vector, strict=True))
    circle = sp.Matrix(N, N, lambda a, b: lags[min((a - b) % N, (b - a) % N)])
    parts = [cyclic.coefficient(N, k, filters) for k in range(N)]
    return sum(cyclic.power(N, k, circle) * (p**2 + q**2) for k, (p, q) in enumerate(parts)) / N


CLAIMS = (
    Claim(
        id="our.patch.degree",
        says="ln of the generated spectrum is a trigonometric polynomial of degree r in omega_k; the covariance itself, "
        "that of an exponential model, has no bounded support",
        where="corrects section 5.2 of the spectral-bias paper ('local covariance structure')",
        source="ours",
        reading="three taps after long training: ln of the variance is a linear function of cos omega, whatever the patch "
        "mode (x, y, x)",
        relation=linear_in_cosine(),
        domain=COSINES,
        assumes=TRAINED,
        checks=EXACT,
    ),
    Claim(
        id="our.patch.timescales.reversal",
        says="eigenvectors of the patch covariance that are odd under reversal have a_kj = b_kj = 0, so that at most r + 1 "
        "time constants 1/(2 N eta theta_j) enter the spectrum",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="five taps, whose reversal J has the odd directions u1 and u2: the even part of any vector (of the "
        "cosines, or of the one-hot e_0, all of it) is orthogonal to the odd part of any vector",
        relation=MatrixIdentity((f + J * f).T * (v - J * v), sp.ZeroMatrix(1, 1), REVERSAL),
        domain=domain_of((theta,)),
        assumes=PROP,
        checks=EXACT,
        formula=False,
        slips=(
            MatrixIdentity((f + J * f).T * (v + J * v), sp.ZeroMatrix(1, 1), REVERSAL),
            MatrixIdentity((f + J * f).T * (v - J * v), sp.ZeroMatrix(1, 1)),
        ),
    ),
    Claim(
        id="our.patch.timescales.range",
        says="min_k S_k <= theta_j <= max_k S_k",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="three taps on four pixels: v^T Sigma_patch v is the mean of the S_k with the weights |sum_j v_j exp(-i j "
        "omega_k)|^2/N, which add up to v^T v",
        relation=Both(
            (
                Identity(quadratic(), spectral_mean(4)),
                Identity(
                    sum(q**2 for q in vector),
                    sum(
                        p**2 + q**2
                        for k in range(4)
                        for p, q in [cyclic.coefficient(4, k, dict(zip((-1, 0, 1), vector, strict=True)))]
                    )
                    / 4,
                ),
            )
        ),
        domain=domain_of((*lags, *vector)),
        assumes=PROP,
        checks=EXACT,
    ),
    Claim(
        id="our.patch.low_frequency_lock",
        says="|p(omega) - p(omega')| <= r |omega - omega'| max|p| for the trigonometric polynomial p of ln of the spectrum",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="three taps: the slope of p = lag0 + 2 lag1 cos omega, squared, is at most (|lag0| + 2 |lag1|)^2 = max p^2, "
        "here through the larger of p(0)^2 and p(pi)^2",
        relation=Inequality(
            (2 * lags[1]) ** 2 * (1 - cos_w**2),
            "<=",
            ((lags[0] + 2 * lags[1]) ** 2 + (lags[0] - 2 * lags[1]) ** 2) / 2,
        ),
        domain=Domain(((lags[0], Range()), (lags[1], Range()), (cos_w, OPEN))),
        assumes=PROP,
        checks=EXACT,
        formula=False,
        slips=(
            Inequality(
                (2 * lags[1]) ** 2 * (1 - cos_w**2),
                "<=",
                ((lags[0] + 2 * lags[1]) ** 2 + (lags[0] - 2 * lags[1]) ** 2) / 4,
            ),
        ),
    ),
    Claim(
        id="our.patch.early_order",
        says="w_0 = 0: d ln(variance)/d tau at tau = 0 is 4 N eta ln(sigma_T/sigma_0) sum_m c_m cos m omega_k, the "
        "smoothed spectrum",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="one summand, a_kj theta_j; their sum is f_k^T Sigma_patch e_0 = sum_m c_m cos m omega_k",
        relation=LimitIs(
            expr=at_start(theta, a_k),
            var=tau,
            point=sp.S.Zero,
            value=4 * N * eta * a_k * theta * sp.log(sigmaT / sigma0),
        ),
        domain=domain_of((theta, a_k, N, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT),
        assumes=TRAINED,
        checks=(KERNEL,),
    ),
    Claim(
        id="our.patch.undershoot",
        says="there are stationary data and w_0 = 0 for which the variance of a high frequency first decreases, then "
        "increases",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="correlations (97/120)^|n|, three taps, cos omega = -1: sum_j a_kj theta_j < 0, the sign of the slope at "
        "tau = 0 by our.patch.early_order, while there are noise levels for which the final level is above the initial "
        "one",
        relation=Both((Inequality(falls, "<", sp.S.Zero), Inequality(rises, ">", sp.S.Zero, some=True))),
        domain=LEVELS,
        assumes=TRAINED,
        checks=(KERNEL,),
        formula=False,
        slips=(
            Inequality(falls, ">", sp.S.Zero),
            Both((Inequality(sum(a * v for v, a in ar1(WEAK)), "<", sp.S.Zero),)),
        ),
    ),
)
