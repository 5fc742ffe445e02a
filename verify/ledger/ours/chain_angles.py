"""Our statements on the angles of noisy components: what holds instead of the small-angle steps of the paper's proof."""

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.projection_chain import LAST, NOISY, PAIRED, C, T, gamma, lam_sq, s_a, s_b, s_bar
from theory.relation import Both, Identity, Inequality, LimitIs
from theory.symbols import symbols
from theory.two_layer import narrowed
from verify.ledger.lanes import KERNEL
from verify.ledger.ours.chain import LARGE, ONE, ZERO, claim
from verify.ledger.power_iteration.shared_bases import SHARED, STARTED, consecutive, deficit, gram, scaled

x, z, eps = symbols("x_pos z_pos eps")
SMALL = Domain(((x, Range(ZERO, ONE, True, True)),))
A, B = C(s_a, lam_sq), C(s_b, lam_sq)
SHARED_DEFICIT = gamma * (sp.sqrt(s_b) - sp.sqrt(s_a)) ** 2 / (2 * lam_sq)


def cosine_drop(value: sp.Expr) -> LimitIs:
    """Return that (1 - sqrt(C(s)))/s tends to `value` as the noise variance s tends to 0."""
    return LimitIs(expr=(1 - sp.sqrt(C(s_bar, lam_sq))) / s_bar, var=s_bar, point=ZERO, value=value)


def slope_of_arccos(value: sp.Expr) -> Both:
    """Return d arccos(1 - x)/d sqrt(x) = 2/sqrt(2 - x), which tends to `value`; v = sqrt(x)."""
    slope = 2 / sp.sqrt(2 - x**2)
    chained = Identity(2 * x / sp.sqrt(x**2 * (2 - x**2)), slope)
    return Both((chained, LimitIs(expr=slope, var=x, point=ZERO, value=value)))


def halves(op: str) -> Inequality:
    """Return how cos is ordered for the angles 2 arctan(x) < 2 arctan(z)."""
    return Inequality((1 - x**2) / (1 + x**2), op, (1 - z**2) / (1 + z**2))


def plane(model: str) -> LimitIs:
    """Return that the Gram determinant over eps^2 tends to 0 as all noise variances are scaled down by eps."""
    return LimitIs(expr=scaled(gram(model)) / eps**2, var=eps, point=ZERO, value=ZERO)


def last_angle(value: sp.Expr) -> LimitIs:
    """Return the limit of gamma sbar_T^2/lam^2, the largest angle of eq. (15) squared, with sigma_t = 1/T."""
    return LimitIs(expr=gamma * LAST / lam_sq, var=T, point=sp.oo, value=value)


CLAIMS = (
    claim(
        id="our.chain.sine",
        says="sin^2 theta_i = (gamma s/lam_i^2) (lam_i^2 + s)/(lam_i^2 + gamma s) below threshold",
        relation=Identity(1 - C(s_bar, lam_sq), gamma * s_bar / lam_sq * (lam_sq + s_bar) / (lam_sq + gamma * s_bar)),
        domain=NOISY,
        where="corrects eq. (15) of the power-iteration paper beyond leading order",
        assumes=(LARGE,),
        derived_in="spiked: overlap",
    ),
    claim(
        id="our.chain.cosine",
        says="<u_i^t, u_i> ~ 1 - gamma s/(2 lam_i^2): cos theta = sqrt(1 - sin^2 theta)",
        relation=cosine_drop(gamma / (2 * lam_sq)),
        domain=narrowed(NOISY, s=POSITIVE),
        where="corrects eq. (19) of the power-iteration paper by a factor 2",
        reading="(1 - <u_i^t, u_i>)/s tends to gamma/(2 lam_i^2) as s tends to 0",
        assumes=(LARGE,),
        checks=(KERNEL,),
        slips=(cosine_drop(gamma / lam_sq), cosine_drop(gamma / (4 * lam_sq))),
    ),
    claim(
        id="our.chain.mean_cosine",
        says="1 - E sin theta <= E cos theta <= sqrt(1 - (E sin theta)^2) for any law of theta in [0, pi/2], no more",
        relation=Both(
            (
                Inequality(x + sp.sqrt(1 - x**2), ">=", ONE),
                Inequality(sp.Derivative(sp.sqrt(1 - x**2), (x, 2)), "<", ZERO),
            )
        ),
        domain=SMALL,
        where="corrects eq. (19) of the power-iteration paper",
        reading="at every theta, x = sin theta, sin theta + cos theta >= 1, with equality at 0 and pi/2; and cos theta is a "
        "concave function of sin theta, so that Jensen's inequality gives the upper bound",
        formula=False,
        slips=(Both((Inequality(x + sp.sqrt(1 - x**2), "<=", ONE),)), Both((Inequality(x, ">=", sp.sqrt(1 - x**2)),))),
    ),
    claim(
        id="our.chain.angle.fresh",
        says="fresh noise: <u^t, u^{t+1}> = cos theta_t cos theta_{t+1}",
        relation=Identity(consecutive("fresh"), sp.sqrt(A) * sp.sqrt(B)),
        domain=PAIRED,
        assumes=(LARGE,),
        derived_in="projection chain: fresh gain",
    ),
    claim(
        id="our.chain.angle.accumulated",
        says="accumulated noise: <u^t, u^{t+1}> = cos theta_{t+1}/cos theta_t",
        relation=Identity(consecutive("accumulated"), sp.sqrt(B) / sp.sqrt(A)),
        domain=PAIRED,
        assumes=(LARGE,),
        derived_in="projection chain: accumulated gain",
    ),
    claim(
        id="our.chain.angle.shared",
        says="one shared draw: 1 - <u^t, u^{t+1}> ~ gamma (sbar_{t+1} - sbar_t)^2/(2 lam^2), as with the angles sqrt(gamma) "
        "sbar/lam in one plane",
        relation=deficit(consecutive("shared"), SHARED_DEFICIT),
        domain=SHARED,
        reading="all noise variances are scaled down by eps",
        assumes=(LARGE,),
        derived_in="projection chain: small noise",
        checks=(KERNEL,),
    ),
    claim(
        id="our.chain.arccos",
        says="arccos(1 - x) ~ sqrt(2 x) as x tends to 0",
        relation=slope_of_arccos(sp.sqrt(2)),
        domain=SMALL,
        where="corrects eq. (20) of the power-iteration paper",
        reading="arccos(1 - v^2) is 0 at v = 0, and its slope in v, 2 v/sqrt(v^2 (2 - v^2)) = 2/sqrt(2 - v^2), tends to "
        "sqrt(2)",
        checks=(KERNEL,),
        slips=(slope_of_arccos(ONE), slope_of_arccos(sp.Integer(2))),
    ),
    claim(
        id="our.chain.plane.fresh",
        says="fresh noise: the Gram determinant of u, u^t, u^{t+1} is sin^2 theta_t sin^2 theta_{t+1}; they lie in no plane",
        relation=Identity(gram("fresh"), (1 - A) * (1 - B)),
        domain=STARTED,
        assumes=(LARGE,),
    ),
    claim(
        id="our.chain.plane.accumulated",
        says="accumulated noise: the Gram determinant of u, u^t, u^{t+1} is sin^2 theta_t (cos^2 theta_t - cos^2 "
        "theta_{t+1})/cos^2 theta_t",
        relation=Identity(gram("accumulated"), (1 - A) * (A - B) / A),
        domain=STARTED,
        assumes=(LARGE,),
    ),
    claim(
        id="our.chain.plane.shared",
        says="one shared draw: the Gram determinant of u, u^t, u^{t+1} is not 0, but small against the square of the noise",
        relation=plane("shared"),
        domain=SHARED,
        reading="over eps^2 it tends to 0 as all noise variances are scaled down by eps",
        assumes=(LARGE,),
        checks=(KERNEL,),
        formula=False,
        slips=(plane("fresh"), plane("accumulated")),
    ),
    claim(
        id="our.chain.order",
        says="cos falls up to the angle pi only: a larger eigenvalue has the larger factor c_i as long as gamma sigma^2/lam^2 <= "
        "pi",
        relation=halves(">"),
        domain=domain_of((x, z)).where(x < z),
        where="corrects a step of the proof of theorem 4.3",
        reading="angles 2 arctan v with v = x < z, all those between 0 and pi",
        formula=False,
        slips=(halves("<"), halves("<=")),
    ),
    claim(
        id="our.chain.small_angles",
        says="with sigma_t = 1/T all angles tend to 0 as T grows: no component ever leaves the first phase",
        relation=last_angle(ZERO),
        domain=domain_of((gamma, T, lam_sq)),
        where="corrects the second phase of the proof of theorem 4.3",
        reading="gamma sbar_t^2/lam^2 is largest at t = T, where it is gamma (T + 1)/(lam^2 T^2)",
        checks=(KERNEL,),
        formula=False,
        slips=(last_angle(gamma / lam_sq), last_angle(ONE)),
    ),
)
