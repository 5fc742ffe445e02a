"""How the overlap of noisy components follows from two resolvents, step by step."""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.relation import Both, Identity, Monotone, Within
from theory.spiked import (
    ABOVE,
    BELOW,
    MODE,
    NOISY,
    PAIR,
    RATIO,
    cosine_squared,
    data_product,
    data_side,
    detected,
    ell,
    gamma,
    lam2,
    length,
    norm,
    outlier,
    overlap,
    overlap_squared,
    s,
    s_a,
    s_b,
    sample_product,
    sample_side,
    sensitivity,
    sine_squared,
    w_ab,
)

DERIVATION = Derivation(
    name="spiked",
    steps=(
        Step(
            name="resolvent",
            states=data_side(s) * sample_side(s),
            relation=Both(
                (
                    Identity(data_side(s) * (outlier(s) - s * sample_side(s)), sp.S.One),
                    Identity(sample_side(s) * (outlier(s) - gamma * s * data_side(s)), sp.S.One),
                    Identity(data_side(s) * sample_side(s), 1 / lam2),
                )
            ),
            domain=MODE,
            because="1 = p (zeta - s q) = q (zeta - s gamma p), and an outlier vector exists where p q = 1/lambda^2",
        ),
        Step(
            name="two resolvents",
            states=data_product(w_ab),
            relation=Both(
                (
                    Identity(data_side(s_a) * data_side(s_b) * (1 + w_ab * sample_product(w_ab)), data_product(w_ab)),
                    Identity(
                        sample_side(s_a) * sample_side(s_b) * gamma * w_ab * data_product(w_ab), sample_product(w_ab)
                    ),
                )
            ),
            domain=PAIR,
            because="G_a diag(I_d, 0) G_b tends to diag(x I_d, y I_n), x = p_a p_b (1 + w y), y = q_a q_b gamma w x",
        ),
        Step(
            name="scalar product",
            states=norm(s_a, s_b, w_ab),
            relation=Identity(
                data_product(w_ab) + lam2 * data_side(s_a) * data_side(s_b) * sample_product(w_ab), norm(s_a, s_b, w_ab)
            ),
            domain=PAIR,
            because="an outlier vector is G [u; lambda p v], so that N_ab = x + lambda^2 p_a p_b y",
        ),
        Step(
            name="overlap of two bases",
            states=overlap(s_a, s_b, w_ab),
            relation=Identity(
                norm(s_a, s_b, w_ab) / (length(s_a) * length(s_b)),
                overlap(s_a, s_b, w_ab),
            ),
            domain=PAIR,
            because="divide by the lengths of both vectors",
        ),
        Step(
            name="same noise",
            states=sp.S.One,
            relation=Identity(overlap(s, s, s), sp.S.One),
            domain=BELOW,
            because="equal matrices have equal components",
        ),
        Step(
            name="overlap",
            states=overlap_squared(s),
            relation=Identity(overlap(s, sp.S.Zero, sp.S.Zero) ** 2, overlap_squared(s)),
            domain=BELOW,
            because="the clean matrix has no noise, s_b = w_ab = 0",
        ),
        Step(
            name="every noise",
            states=detected(s),
            relation=Both((Identity(detected(s), overlap_squared(s)), Within(Identity(detected(s), sp.S.Zero), ABOVE))),
            domain=BELOW,
            because="from the threshold s = lambda^2/sqrt(gamma) on there is no outlier, and the overlap is 0",
        ),
        Step(
            name="angle",
            states=sine_squared(),
            relation=Both(
                (
                    Identity(1 - cosine_squared, sine_squared()),
                    Within(Identity(cosine_squared.xreplace({ell: lam2 / s}), overlap_squared(s)), NOISY),
                )
            ),
            domain=RATIO,
            because="in ell = lambda^2/s",
        ),
        Step(
            name="monotone",
            states=sp.Derivative(cosine_squared, ell),
            relation=Both(
                (
                    Identity(
                        sp.Derivative(cosine_squared, ell),
                        gamma * (ell**2 + 2 * ell + gamma) / (ell**2 * (ell + gamma) ** 2),
                    ),
                    Monotone(expr=cosine_squared, var=gamma, op="<"),
                )
            ),
            domain=RATIO,
            because="differentiate",
        ),
        Step(
            name="sensitivity",
            states=sensitivity(),
            relation=Identity(ell * sp.Derivative(sp.log(cosine_squared), ell), sensitivity()),
            domain=RATIO,
            because="differentiate the logarithm",
        ),
    ),
)
