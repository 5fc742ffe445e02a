"""Our own statements on local filters: the generated spectrum, its limit, its time scales and its smoothness."""

import sympy as sp

from theory import convolution as conv
from theory import cyclic
from theory.circulant import K
from theory.convolution import (
    PATCH_SAMPLED,
    PATCH_TRAINED,
    SUMMAND,
    N,
    a_k,
    b_k1,
    eta,
    final_share,
    gained,
    kappa,
    log_Phi,
    log_share,
    log_variance,
    patch_response,
    sampled,
    sigma,
    tau,
    theta,
    theta1,
    theta2,
    variance,
    y,
)
from theory.domain import Domain, Range, domain_of
from theory.matrices import Orthonormal
from theory.one_layer import later, log_variance_entire, sigma0, sigmaT
from theory.relation import Antiderivative, Both, Identity, Inequality, LimitIs, MatrixIdentity, Solves
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.ours.patch_witness import COSINES, WEAK, ar1, linear_in_cosine
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, LOCAL, ODE_PATCH, SAME_START

PROP = (CIRCULAR, LOCAL, FLOW)
TRAINED = (*PROP, SAME_START)
(cos_w,) = symbols("cos_w")
f, v, u1, u2 = (sp.MatrixSymbol(name, K, 1) for name in ("f", "v", "u1", "u2"))
J = sp.Identity(K) - 2 * u1 * u1.T - 2 * u2 * u2.T
REVERSAL = (Orthonormal((u1, u2)),)
OPEN = Range(-sp.S.One, sp.S.One)


def deviation(solution: sp.Expr) -> Solves:
    """Return that `solution` is the deviation of a patch mode from its optimum in gradient flow, from 1."""
    rate = -2 * N * eta * (theta + sigma**2) * y
    return Solves(solution=solution, var=tau, unknown=y, rate=rate, at=sp.S.Zero, start=sp.S.One)


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
        id="our.patch.rate",
        says="the deviation of a patch mode from its optimum decays as e^{-2 N eta tau (theta_j + sigma^2)}: the noise "
        "level adds to the variance, so that times are inversely proportional to theta_j only where theta_j >> sigma^2",
        where="corrects section 5.2 of the spectral-bias paper",
        source="ours",
        relation=deviation(sp.exp(-kappa * (theta + sigma**2))),
        domain=domain_of((theta, sigma, N, eta, tau)),
        assumes=PROP,
        derived_in="circulant: patch mode",
        checks=EXACT,
    ),
    Claim(
        id="our.patch.variance.factor",
        says="ln Phi_k = sum_j {a_kj/2 [ln(theta_j + sigma^2) - Ei(-kappa (theta_j + sigma^2))] + (a_kj - b_kj)/2 "
        "e^{-kappa theta_j} Ei(-kappa sigma^2)}, kappa = 2 N eta tau",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="a primitive of (1 - Re gamma_k)/sigma, two patch modes (all there are for three taps); more modes are "
        "more such summands, sum_j a_kj = 1",
        relation=Antiderivative(primitive=log_Phi(sigma), integrand=(1 - patch_response(sigma)) / sigma, var=sigma),
        domain=later(PATCH_TRAINED),
        assumes=TRAINED,
        derived_in="local convolution: sampling factor",
        checks=EXACT,
    ),
    Claim(
        id="our.patch.variance",
        says="the variance generated along a Fourier vector is sigma_T^2 Phi_k^2(sigma_0)/Phi_k^2(sigma_T)",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="two patch modes, all there are for three taps",
        relation=sampled(variance(), patch_response(sigma0)),
        domain=later(PATCH_SAMPLED),
        assumes=TRAINED,
        derived_in="local convolution: variance",
        checks=(KERNEL, ODE_PATCH),
    ),
    Claim(
        id="our.patch.variance.full_width",
        says="a patch as wide as the circle has the full-width law",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="where the cosines are an eigenvector of the patch covariance one summand has the share 1 and the other 0",
        relation=Identity(
            log_variance().xreplace({a_k: sp.S.One, conv.b_k2: sp.S.Zero}),
            conv.full_width(log_variance_entire()).xreplace({conv.S: theta1, conv.gam_re: b_k1}),
        ),
        domain=domain_of((theta1, theta2, b_k1, N, eta, tau, sigma0, sigmaT)).where(sigma0 < sigmaT),
        assumes=TRAINED,
        checks=EXACT,
    ),
    Claim(
        id="our.patch.limit",
        says="tau to infinity: the variance tends to sigma_T^2 prod_j [(theta_j + sigma_0^2)/(theta_j + sigma_T^2)]^a_kj",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="the logarithm of one factor",
        relation=LimitIs(expr=gained(theta, a_k, b_k1), var=tau, point=sp.oo, value=final_share(theta, a_k)),
        domain=later(SUMMAND),
        assumes=TRAINED,
        derived_in="local convolution: final level",
        checks=(KERNEL,),
    ),
    Claim(
        id="our.patch.limit.ideal",
        says="then sigma_T to infinity and sigma_0 to 0: exp(f_k^T log(Sigma_patch) e_0)",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="two patch modes: ln of the variance tends to a ln theta_1 + (1 - a) ln theta_2",
        relation=Both(
            (
                LimitIs(
                    expr=sp.log(sigmaT**2) + final_share(theta1, a_k) + final_share(theta2, 1 - a_k),
                    var=sigmaT,
                    point=sp.oo,
                    value=a_k * sp.log(theta1 + sigma0**2) + (1 - a_k) * sp.log(theta2 + sigma0**2),
                ),
                LimitIs(
                    expr=a_k * sp.log(theta1 + sigma0**2) + (1 - a_k) * sp.log(theta2 + sigma0**2),
                    var=sigma0,
                    point=sp.S.Zero,
                    value=a_k * sp.log(theta1) + (1 - a_k) * sp.log(theta2),
                ),
            )
        ),
        domain=domain_of((theta1, theta2, a_k, sigma0, sigmaT)).where(theta1 > 0, theta2 > 0),
        assumes=TRAINED,
        checks=(KERNEL,),
    ),
    Claim(
        id="our.patch.limit.white",
        says="a filter of one tap (r = 0) generates white noise of the variance sigma_T^2 (theta + sigma_0^2)/(theta + "
        "sigma_T^2), theta that of a pixel",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        relation=Identity(
            sp.log(sigmaT**2) + final_share(theta, sp.S.One),
            sp.log(sigmaT**2 * (theta + sigma0**2) / (theta + sigmaT**2)),
        ),
        domain=domain_of((theta, sigma0, sigmaT)),
        assumes=TRAINED,
        checks=EXACT,
    ),
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
