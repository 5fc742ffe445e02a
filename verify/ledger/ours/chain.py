"""Our statements on chains of PCA projections: what symmetry alone says, and the gain of a component."""

from functools import partial

import sympy as sp

from theory.domain import POSITIVE, Range, domain_of
from theory.matrices import Orthogonal, Orthonormal, norm2
from theory.projection_chain import NOISY, PAIRED, SCALED, C, d, eps, gamma, kappa, lam_sq, rate, s_a, s_b, s_bar, w_ab
from theory.relation import Both, Identity, Inequality, LimitIs, MatrixIdentity
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

ZERO, ONE = sp.S.Zero, sp.S.One
x, z, rho, lam_i, lam_j = symbols("x_pos z_pos share lam_i lam_j")
(n,) = symbols("n_data")
rotation, Q = sp.MatrixSymbol("O", d, d), sp.MatrixSymbol("Q", n, n)
X = sp.MatrixSymbol("X_t", d, n)
turned, ORTHOGONAL = rotation * X * Q, (Orthogonal(rotation), Orthogonal(Q))
u, u_j = sp.MatrixSymbol("u_i", d, 1), sp.MatrixSymbol("u_j", d, 1)
v, v_j = sp.MatrixSymbol("v_i", n, 1), sp.MatrixSymbol("v_j", n, 1)
noisy, other = sp.MatrixSymbol("u_i^t", d, 1), sp.MatrixSymbol("u_j^{t'}", d, 1)
P = sp.MatrixSymbol("P_t", d, d)
left, right = sp.Identity(d) - 2 * u * u.T, sp.Identity(n) - 2 * v * v.T
INVARIANT = "the law of the noise does not change under E_t -> O E_t Q, one O and one Q for all t"
LARGE = "d, n to infinity at d/n = gamma, everything else fixed (our.spiked.overlap)"


claim = partial(Claim, where="new", source="ours", checks=EXACT)


def kept_by_reflections(data: sp.MatrixExpr) -> MatrixIdentity:
    """Return that the reflections at u_i and v_i turn the data of two components into `data`."""
    clean = lam_i * u * v.T + lam_j * u_j * v_j.T
    return MatrixIdentity(left * clean * right, data, (Orthonormal((u, u_j)), Orthonormal((v, v_j))))


def reflected(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return what becomes of <u_i^t, u_j^t'> if u_i^t turns into -O u_i^t and u_j^t' into O u_j^t'."""
    return MatrixIdentity((-left * noisy).T * (left * other), rhs, (Orthonormal((u,)),))


def projected(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return what becomes of the entry <u_i, P u_j> if P turns into O P O."""
    return MatrixIdentity(u.T * left * P * left * u_j, rhs, (Orthonormal((u, u_j)),))


def rank_one(rhs: sp.MatrixExpr) -> MatrixIdentity:
    """Return P_T P_T^T for r = 1, where the chain is m u_0 u_T^T with a number m = x."""
    return MatrixIdentity((x * u * noisy.T) * (x * u * noisy.T).T, rhs, (Orthonormal((noisy,)),))


def small_noise(value: sp.Expr) -> LimitIs:
    """Return the limit of -log(kappa)/eps as all variances and covariances of the noise are scaled by eps."""
    gain = kappa(eps * s_a, eps * s_b, eps * w_ab, lam_sq)
    return LimitIs(expr=-sp.log(gain) / eps, var=eps, point=ZERO, value=value)


def at_most_one() -> Both:
    """Return kappa^2 <= 1 factor by factor, for lam = 1, s_a = x^2, s_b = z^2 and w = rho x z."""
    w = rho * x * z
    return Both(
        (
            Inequality((1 - gamma * x**4) * (1 - gamma * z**4), "<=", (1 - gamma * w**2) ** 2),
            Inequality((1 + gamma * w) ** 2, "<=", (1 + gamma * x**2) * (1 + gamma * z**2)),
        )
    )


CORRELATED = narrowed(domain_of((gamma, x, z, rho)), share=Range(ZERO, ONE)).where(gamma * x**4 < 1, gamma * z**4 < 1)

CLAIMS = (
    claim(
        id="our.chain.symmetry.fixes",
        says="the reflections O at u_i and Q at v_i leave the data as they are, O X_0 Q = X_0",
        relation=kept_by_reflections(lam_i * u * v.T + lam_j * u_j * v_j.T),
        domain=domain_of((lam_i, lam_j)),
        reading="two components, of which one is reflected; further ones behave as the second",
        checks=(KERNEL,),
        slips=(kept_by_reflections(-lam_i * u * v.T + lam_j * u_j * v_j.T),),
    ),
    claim(
        id="our.chain.symmetry.equivariance",
        says="if X_t turns into O X_t Q, its sample covariance turns into O (X_t X_t^T) O^T and the left singular vectors with it",
        relation=MatrixIdentity(turned * turned.T, rotation * X * X.T * rotation.T, ORTHOGONAL),
        domain=domain_of((gamma,)),
        slips=(MatrixIdentity(turned * turned.T, rotation.T * X * X.T * rotation, ORTHOGONAL),),
    ),
    claim(
        id="our.chain.symmetry.sign",
        says="E<u_i^t, u_j^t'> = 0 for i != j at all t and t', at any size",
        relation=reflected(-noisy.T * other),
        domain=domain_of((gamma,)),
        reading="the reflection at u_i turns u_i^t into -O u_i^t, since <u_i^t, u_i> >= 0 fixes its sign, and u_j^t' into O "
        "u_j^t': the scalar product changes its sign and has the same law",
        assumes=(INVARIANT, "simple eigenvalues"),
        slips=(reflected(noisy.T * other), reflected(-noisy.T * left * other)),
    ),
    claim(
        id="our.chain.symmetry.projection",
        says="E P_t and E P_T are diagonal in the clean components, whatever the size: E<u_i, P u_j> = 0 for i != j",
        relation=projected(-u.T * P * u_j),
        domain=domain_of((gamma,)),
        reading="the reflection at u_i turns P into O P O, and the entry into its negative",
        assumes=(INVARIANT,),
        slips=(projected(u.T * P * u_j), projected(-u.T * P * u)),
    ),
    claim(
        id="our.chain.symmetry.fresh",
        says="for fresh noise E P_T has the diagonal entries prod_t E||P_t u_i||^2",
        relation=MatrixIdentity(
            norm2(noisy * noisy.T * u), sp.Trace(u.T * (noisy * noisy.T) * u), (Orthonormal((noisy,)),)
        ),
        domain=domain_of((gamma,)),
        reading="the mean of a product of independent diagonal matrices is the product of their diagonals, and "
        "<u_i, P u_i> = ||P u_i||^2 for a projection, here of rank one",
        assumes=(INVARIANT, "independent noise at every step"),
    ),
    claim(
        id="our.chain.gain.fresh",
        says="fresh noise: kappa_t = sqrt(C(s_t) C(s_{t+1})), so that g^2 = C(s_T) prod_{0<t<T} C(s_t)^2",
        relation=Identity(kappa(s_a, s_b, ZERO, lam_sq) ** 2, C(s_a, lam_sq) * C(s_b, lam_sq)),
        domain=PAIRED,
        assumes=(LARGE, "independent noise at every step"),
        derived_in="projection chain: fresh gain",
    ),
    claim(
        id="our.chain.gain.accumulated",
        says="accumulated noise: g^2 = C(s_T) for every T, the chain is P_0 P_T",
        relation=Identity(C(s_a, lam_sq) * kappa(s_a, s_b, s_a, lam_sq) ** 2, C(s_b, lam_sq)),
        domain=PAIRED,
        reading="one step from s_a to s_b multiplies g^2 = C(s_a) by kappa^2, which gives C(s_b)",
        assumes=(LARGE, "each noise is the one before plus an independent increment"),
        derived_in="projection chain: accumulated gain",
    ),
    claim(
        id="our.chain.gain.small_noise",
        says="-log kappa ~ gamma delta^2/(2 lam^2), delta^2 = s_t + s_{t+1} - 2 w the variance of the increment of the noise",
        relation=small_noise(gamma * (s_a + s_b - 2 * w_ab) / (2 * lam_sq)),
        domain=SCALED,
        reading="all variances and covariances scaled by eps; summed over a chain, R_i = exp(-gamma V_T (1/lam_i^2 - "
        "1/lam_0^2) (1 + o(1))) with V_T the sum of delta^2, for any Gaussian noise with max s_t to 0",
        assumes=(LARGE,),
        derived_in="projection chain: small noise",
        checks=(KERNEL,),
        slips=(small_noise(gamma * (s_a + s_b) / (2 * lam_sq)), small_noise(gamma * (s_b - s_a) / (2 * lam_sq))),
    ),
    claim(
        id="our.chain.gain.at_most_one",
        says="0 <= kappa <= 1 for every correlation of the noises, |w| <= sqrt(s_a s_b)",
        relation=at_most_one(),
        domain=CORRELATED,
        reading="in units lam = 1, w = rho sqrt(s_a s_b) with 0 <= rho <= 1 (a negative w makes kappa smaller): (1 - gamma "
        "s_a^2)(1 - gamma s_b^2) <= (1 - gamma w^2)^2 and (1 + gamma w)^2 <= (1 + gamma s_a)(1 + gamma s_b)",
        assumes=(LARGE,),
        formula=False,
        slips=(
            Both((Inequality((1 - gamma * x**4) * (1 - gamma * z**4), ">", (1 - gamma * rho**2 * x**2 * z**2) ** 2),)),
            Both((Inequality((1 + gamma * rho * x * z) ** 2, "<=", 1 + gamma * x**2),)),
        ),
    ),
    claim(
        id="our.chain.gain.rank_one",
        says="for one component every chain generates a multiple of u_0 u_0^T",
        relation=rank_one(x**2 * u * u.T),
        domain=domain_of((x,)),
        reading="P_T = m u_0 u_T^T, with u_T a unit vector",
        slips=(rank_one(x**2 * noisy * noisy.T), rank_one(x * u * u.T)),
    ),
    claim(
        id="our.chain.gain.rate",
        says="-d log C/ds = gamma (1 + 2 y + gamma y^2)/((1 + gamma y)(1 - gamma y^2))/lam^2, y = s/lam^2",
        relation=Identity(-sp.Derivative(sp.log(C(s_bar, lam_sq)), s_bar), rate(s_bar, lam_sq)),
        domain=narrowed(NOISY, s=POSITIVE),
        assumes=(LARGE,),
        derived_in="projection chain: rate",
    ),
)
