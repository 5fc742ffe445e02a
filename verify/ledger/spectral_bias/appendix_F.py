"""Appendix F.1 and F.2: deep aligned layers, and two separate layers."""

import sympy as sp

from numerics import layers as measured
from numerics.layers import scenes
from theory.deep import layer, left, others, right, s_layer, total
from theory.deep import loss as deep_loss
from theory.domain import POSITIVE, domain_of
from theory.matrices import Grad, Rate
from theory.one_layer import eta, lam, sigma, tau, y
from theory.regression import PSD, M, Sigma, unit
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity, Solves
from theory.symbols import symbols
from theory.two_layer import Lam, narrowed
from theory.untied import ALIGNED, D1, D2, FLOWING, FLOWS, W1, W2, layer_rates, mass, mode_loss, p, pull, q
from verify.checks.matrices import Matrices, parts_of
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_5_1 import CENTRED, CONTINUOUS, SETTING

ZERO = sp.S.Zero
w, v0, C = symbols("w v0 C")
MODE = domain_of((others, s_layer, lam, sigma, eta))
DRIFTING = domain_of((w, C, lam, sigma, eta))
LINEAR = (
    "From the first glance, this is a linear system for s_l, with fixed point at w*/A, A = prod_{j != l} s_j. But the "
    "effect of other layers is also dynamics; A will affects both its time constant and convergence level"
)
HOMOGENEOUS = (
    "If Lam_1 = Lam_2, then dw/dtau = 8 eta w (lam - (lam + sigma^2) w). We are reduced to the symmetric two layer case. "
    "Due to weight sharing, the gradients to each layer are accumulated. This recovers the dynamics we got in last "
    "section 5.1"
)
CONSERVED = (
    "dp/dtau = 2 eta q (lam - M p q), dq/dtau = 2 eta p (lam - M p q): C = p^2 - q^2 conserved; the pair can only flow "
    "along hyperbolic lines or diagonal lines where p = +-q"
)
ATTRACTOR = (
    "unless C = 0, it shall have only one attractive fixed point which is w*. Thus asymptotically, it will always "
    "converge to the correct value"
)
OPPOSITE = (
    "When we face the weight tying case where C = 0, it will have another fixed point at 0, which made it impossible to "
    "converge to some fixed point w*, if the initialization has opposite sign"
)
balance = -2 * eta * (W2.T * (W2 * W1 * M - Sigma) * W1.T + W1 * (M * W1.T * W2.T - Sigma) * W2)
p_rate, q_rate = (-eta * sp.Derivative(mode_loss(p * q), layer) for layer in (p, q))
FACING = box(v0=("0.1", "1.2"), lam=("0.1", "2.0"), sigma=("0.3", "1.0"), eta=("0.2", "1.0"), tau=("0.2", "1.0"))
E4 = sp.exp(-4 * eta * lam * tau)


def closed_rate(w: sp.Expr) -> sp.Expr:
    """Return dw/dtau = 2 eta sqrt(C^2 + 4 w^2) (lam - (lam + sigma^2) w)."""
    return 2 * eta * sp.sqrt(C**2 + 4 * w**2) * pull(w)


CLAIMS = (
    Claim(
        id="wp.F.1.grad.chain",
        says="grad_{W_l} L = (prod_{j>l} W_j)^T 2 [W_tot (Sigma + sigma^2 I) - Sigma] (prod_{j<l} W_j)^T",
        reading="A and B are the products of the layers after and before layer l, of any number, aligned or not",
        where="F.1",
        source="reconstructed",
        relation=MatrixIdentity(Grad(deep_loss, layer), left.T * (2 * (total * M - Sigma)) * right.T, (PSD,)),
        domain=domain_of((sigma,)),
        assumes=(CENTRED,),
        derived_in="deep: gradient",
        checks=(*EXACT, Matrices(scene=scenes.layer_gradient)),
    ),
    Claim(
        id="wp.F.1.grad.diagonal",
        says="the gradient is U_l (diagonal) V_l^T",
        reading="two layers W_1 = R D1 U^T and W_2 = U D2 R^T; for any number see wp.5.1.aligned.independent",
        where="F.1",
        source="reconstructed",
        relation=Both(
            (
                MatrixIdentity(layer_rates()[0], 2 * eta * D1 * (Lam - (Lam + sigma**2 * unit) * D1 * D2), ALIGNED),
                MatrixIdentity(layer_rates()[1], 2 * eta * D2 * (Lam - (Lam + sigma**2 * unit) * D1 * D2), ALIGNED),
            )
        ),
        domain=domain_of((sigma, eta)),
        assumes=SETTING,
        derived_in="untied: first factor",
        checks=(*EXACT, Matrices(scene=scenes.untied_speeds, formula=parts_of)),
    ),
    Claim(
        id="wp.F.1.deep",
        says=(
            "per mode ds_l/dtau = 2 eta (prod_{j != l} s_j)(lam - (lam + sigma^2) prod_j s_j); an surprisingly simple "
            "mode-by-mode form"
        ),
        reading="A is the product of the other s_j; -eta times the slope in s_l of the mode's loss at the weight A s_l",
        where="F.1",
        source="reconstructed",
        relation=Identity(
            -eta * sp.Derivative(mode_loss(others * s_layer), s_layer),
            2 * eta * others * (lam - (lam + sigma**2) * others * s_layer),
        ),
        domain=MODE,
        assumes=SETTING,
        derived_in="deep: mode",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.1.linear",
        says=LINEAR,
        reading="the rate is -2 eta A^2 (lam + sigma^2)(s_l - w*/A): time constant and level depend on A",
        where="F.1",
        source="as printed",
        relation=Identity(
            2 * eta * others * pull(others * s_layer),
            -2 * eta * others**2 * mass() * (s_layer - lam / mass() / others),
        ),
        domain=MODE.where(sp.Ne(others, 0)),
        assumes=SETTING,
        derived_in="deep: mode",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.2.1.homog.shared",
        says=HOMOGENEOUS,
        reading="one P for both layers, W = P P^T: w = p^2 with p in gradient flow of the mode's loss",
        where="F.2.1",
        source="as printed",
        relation=Identity(
            -eta * sp.Derivative(p**2, p) * sp.Derivative(mode_loss(p**2), p),
            8 * eta * p**2 * (lam - (lam + sigma**2) * p**2),
        ),
        domain=FLOWING,
        assumes=SETTING,
        derived_in="two layers: mode",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.2.1.homog.separate",
        says=HOMOGENEOUS,
        reading="two separate layers that start equal, each in its own gradient flow: w = p q at q = p",
        where="F.2.1",
        source="as printed",
        relation=Identity(
            (q * p_rate + p * q_rate).doit().xreplace({q: p}), 8 * eta * p**2 * (lam - (lam + sigma**2) * p**2)
        ),
        domain=FLOWING,
        assumes=SETTING,
        checks=EXACT,
        corrected_by="our.untied.equal",
    ),
    Claim(
        id="wp.F.2.conserved.mode",
        says=CONSERVED,
        where="F.2.2",
        source="reconstructed",
        relation=Both(
            (
                Identity(p_rate, 2 * eta * q * (lam - (lam + sigma**2) * p * q)),
                Identity(q_rate, 2 * eta * p * (lam - (lam + sigma**2) * p * q)),
                Identity(p * p_rate, q * q_rate),
            )
        ),
        domain=FLOWING,
        assumes=SETTING,
        derived_in="untied: conserved",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.2.conserved.matrix",
        says=CONSERVED,
        reading="for any two layers, aligned or not: W_2^T W_2 - W_1 W_1^T does not change",
        where="F.2.2",
        source="reconstructed",
        relation=Both(
            (
                MatrixIdentity(Rate(W2.T * W2, tau), balance, (PSD, *FLOWS)),
                MatrixIdentity(Rate(W1 * W1.T, tau), balance, (PSD, *FLOWS)),
            )
        ),
        domain=domain_of((sigma, eta, tau)),
        assumes=(CENTRED, CONTINUOUS),
        derived_in="untied: conserved",
        checks=(*EXACT, Matrices(scene=scenes.balance_speed)),
    ),
    Claim(
        id="wp.F.2.product",
        says=(
            "w = pq: (p^2 + q^2)^2 = C^2 + 4 w^2, dw/dtau = 2 eta sqrt(C^2 + 4 w^2)(lam - (lam + sigma^2) w); Now the "
            "equation for w becomes closed"
        ),
        where="F.2.2 [320], [321]",
        source="reconstructed",
        relation=Both(
            (
                Identity((p**2 + q**2) ** 2, (p**2 - q**2) ** 2 + 4 * (p * q) ** 2),
                Identity(
                    q * p_rate + p * q_rate,
                    2 * eta * sp.sqrt((p**2 - q**2) ** 2 + 4 * (p * q) ** 2) * (lam - (lam + sigma**2) * p * q),
                ),
            )
        ),
        reading="for (p, q) != (0, 0), where it is trivial",
        domain=FLOWING.where(p**2 + q**2 > 0),
        assumes=SETTING,
        derived_in="untied: product",
        checks=EXACT,
    ),
    Claim(
        id="wp.F.2.attractor",
        says=ATTRACTOR,
        reading=(
            "for C > 0 (only C^2 enters) the speed of w is positive below w* = lam/(lam + sigma^2) and negative above, so "
            "that w tends to w* from everywhere"
        ),
        where="F.2.2",
        source="as printed",
        relation=Inequality(closed_rate(w) * pull(w), ">", ZERO),
        domain=narrowed(DRIFTING, C=POSITIVE).where(sp.Ne(w * (lam + sigma**2), lam)),
        assumes=SETTING,
        derived_in="untied: limit",
        checks=EXACT,
        slips=(
            Inequality(closed_rate(w), ">", ZERO),
            Inequality(closed_rate(w).xreplace({C: ZERO}) * pull(w) * w, ">", ZERO),
        ),
        formula=False,
    ),
    Claim(
        id="wp.F.2.opposite.fixed",
        says=OPPOSITE,
        reading="for p = -q: w = -v with v_0 = |w(0)| obeys its equation with C = 0 and stays below 0, tending to 0",
        where="F.2.2, Fig. 22",
        source="as printed",
        relation=Both(
            (
                Solves(
                    solution=-lam * v0 * E4 / (lam + mass() * v0 * (1 - E4)),
                    var=tau,
                    unknown=y,
                    rate=-4 * eta * y * pull(y),
                    at=ZERO,
                    start=-v0,
                ),
                LimitIs(expr=-lam * v0 * E4 / (lam + mass() * v0 * (1 - E4)), var=tau, point=sp.oo, value=ZERO),
            )
        ),
        domain=narrowed(domain_of((v0, lam, sigma, eta, tau)), lam=POSITIVE),
        assumes=SETTING,
        derived_in="untied: product",
        checks=(KERNEL, Ode(measure=measured.opposite_weight, box=FACING)),
    ),
    Claim(
        id="wp.F.2.opposite.quadrants",
        says="Fig. 22: manifold of stable attractors in 1 and 3rd quadrangle",
        reading=(
            "on p q = w* > 0, where p and q have one sign, both rates vanish, and p q moves towards it from both sides; "
            "here p > 0, since (-p, -q) moves alike"
        ),
        where="F.2.2, Fig. 22",
        source="as printed",
        relation=Inequality((q * p_rate + p * q_rate) * pull(p * q), ">", ZERO),
        domain=narrowed(FLOWING, p=POSITIVE).where(sp.Ne(p * q * (lam + sigma**2), lam)),
        assumes=SETTING,
        derived_in="untied: first factor",
        checks=EXACT,
        slips=(Inequality((q * p_rate + p * q_rate) * pull(p * q), "<", ZERO), Inequality(q * p_rate, ">", ZERO)),
        formula=False,
    ),
)
