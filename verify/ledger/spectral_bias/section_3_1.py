"""Section 3.1: the noised density and the probability flow that carries it."""

import sympy as sp

from numerics import noised_law
from theory.domain import POSITIVE, Domain, domain_of
from theory.gaussian import (
    ATOMS,
    FLOW,
    noised,
    normal,
    radial_normal,
    shrunk,
    transported,
    velocity,
)
from theory.relation import Antiderivative, Both, Identity, LimitIs, Solves
from theory.symbols import symbols
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL

d, rho, x, x_T, y, y1, mu, lam, sigma, sigma0, sigmaT = symbols("d rho x x_T y y1 mu lam sigma sigma0 sigmaT")

NOISE = "p(x; sigma) = (p_0 * N(0, sigma^2 I))(x) = int p_0(y) N(x | y, sigma^2 I) dy"
TRANSPORT = 'dx/dsigma = -sigma grad_x log p(x; sigma) "exactly transports samples from p(.; sigma_T) to p(.; sigma) as sigma decreases"'
CLEAN = "integrating from sigma_T down to sigma=0 recovers clean data samples from p_0"

SPREAD = Domain(tuple((s, POSITIVE if s == lam else r) for s, r in domain_of((x, y1, mu, lam, sigma)).ranges))
DENSITY = Domain(tuple((s, POSITIVE if s == lam else r) for s, r in domain_of((y1, mu, lam)).ranges))
HALF_ERF = sp.erf((y1 - mu) / sp.sqrt(2 * lam)) / 2
SAMPLED = domain_of((lam, sigma0, sigmaT)).where(sigma0 < sigmaT)

ODE_ATOMS = box(x=("-2.0", "2.0"), y1=("-1.5", "0.5"), y2=("0.1", "2.0"), share=("0.1", "0.9"), sigma=("0.4", "2.0"))
ODE_GAUSSIAN = box(x=("-2.0", "2.0"), mu=("-1.0", "1.0"), lam=("0.1", "2.0"), sigma=("0.4", "2.0"))
ODE_FLOW = box(x_T=("-3.0", "3.0"), mu=("-1.0", "1.0"), lam=("0.2", "2.0"), sigma=("0.3", "0.9"), sigmaT=("1.5", "4.0"))
ODE_CARRIED = box(lam=("0.3", "2.0"), sigma0=("0.2", "0.8"), sigmaT=("1.5", "4.0"))

GENERATED = sigmaT**2 * (lam + sigma0**2) / (lam + sigmaT**2)


def posterior(variable: sp.Expr) -> sp.Expr:
    """Return the density of x0 given x for data N(mu, lam): normal with variance lam sigma^2/(lam + sigma^2)."""
    return normal(variable, shrunk(x), lam * sigma**2 / (lam + sigma**2))


def heat(density: sp.Expr) -> sp.Expr:
    """Return sigma times the Laplacian of a density that depends on the distance rho in d dimensions."""
    return sigma * (sp.Derivative(density, (rho, 2)) + (d - 1) / rho * sp.Derivative(density, rho))


def carried(*, start: sp.Expr, variance: sp.Expr) -> Solves:
    """Return that the flow (1) of data N(mu, lam) carries the variance `start` at sigmaT to `variance` at sigma0."""
    rate = 2 * (1 - lam / (lam + sigma0**2)) / sigma0 * y
    return Solves(solution=variance, var=sigma0, unknown=y, rate=rate, at=sigmaT, start=start)


CLAIMS = (
    Claim(
        id="wp.3.1.noise.heat",
        says=NOISE,
        reading="definition; judged: in every dimension d the kernel N(x | y, sigma^2 I), and so any superposition of kernels, obeys dp/dsigma = sigma Laplace p; rho = |x - y| > 0",
        where="sec. 3.1",
        source="as printed",
        relation=Identity(sp.Derivative(radial_normal(rho), sigma), heat(radial_normal(rho))),
        domain=domain_of((d, rho, sigma)),
        assumes=("sigma > 0",),
        derived_in="noised law: heat equation",
        checks=EXACT,
        slips=(
            Identity(sp.Derivative(radial_normal(rho), sigma), heat(radial_normal(rho)) / 2),
            Identity(sp.Derivative(radial_normal(rho), sigma), heat(radial_normal(rho)) / sigma),
        ),
    ),
    Claim(
        id="wp.3.1.noise.gaussian",
        says=NOISE,
        reading="definition; judged: for p_0 = N(mu, lam), lam > 0, the integrand is N(x | mu, lam + sigma^2) times the normal density of y with mean mu + lam/(lam + sigma^2) (x - mu) and variance lam sigma^2/(lam + sigma^2)",
        where="sec. 3.1",
        source="as printed",
        relation=Identity(normal(y1, mu, lam) * normal(x, y1, sigma**2) / posterior(y1), normal(x, mu, lam + sigma**2)),
        domain=SPREAD,
        assumes=("sigma > 0", "Gaussian data"),
        checks=(*EXACT, Ode(measure=noised_law.gaussian_density, box=ODE_GAUSSIAN)),
    ),
    Claim(
        id="wp.3.1.noise.density",
        says=NOISE,
        reading="definition; judged: the normal density integrates to 1, so p(.; sigma) does: its primitive erf/2 tends to 1/2 and -1/2",
        where="sec. 3.1",
        source="as printed",
        relation=Both(
            (
                Antiderivative(primitive=HALF_ERF, integrand=normal(y1, mu, lam), var=y1),
                LimitIs(expr=HALF_ERF, var=y1, point=sp.oo, value=sp.Rational(1, 2)),
                LimitIs(expr=HALF_ERF.xreplace({y1: -y1}), var=y1, point=sp.oo, value=-sp.Rational(1, 2)),
            )
        ),
        domain=DENSITY,
        assumes=("sigma > 0",),
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.3.1.pfode.continuity",
        says=TRANSPORT,
        reading="the noised density obeys the continuity equation dp/dsigma = -d(p v)/dx with v = -sigma dlog p/dx, for every law of two possible values; the equation is linear in p_0, so it holds for every p_0",
        where="eq. (1)",
        source="as printed",
        relation=Identity(sp.Derivative(noised(), sigma), -sp.Derivative(noised() * velocity(noised()), x)),
        domain=ATOMS,
        assumes=("EDM framework",),
        derived_in="noised law: continuity",
        checks=(*EXACT, Ode(measure=noised_law.density_rate, box=ODE_ATOMS)),
        slips=(
            Identity(sp.Derivative(noised(), sigma), -sp.Derivative(noised() * velocity(noised()) / 2, x)),
            Identity(sp.Derivative(noised(), sigma), -sp.Derivative(noised() * velocity(noised()) / sigma, x)),
            Identity(sp.Derivative(noised(), sigma), sp.Derivative(noised() * velocity(noised()), x)),
        ),
    ),
    Claim(
        id="wp.3.1.pfode.gaussian",
        says=TRANSPORT,
        reading="for p_0 = N(mu, lam) the flow carries x_T at sigma_T to mu + sqrt((lam + sigma^2)/(lam + sigma_T^2)) (x_T - mu), which maps N(mu, lam + sigma_T^2) to N(mu, lam + sigma^2)",
        where="eq. (1)",
        source="as printed",
        relation=Solves(
            solution=transported(),
            var=sigma,
            unknown=y,
            rate=-sigma * (-(y - mu) / (lam + sigma**2)),
            at=sigmaT,
            start=x_T,
        ),
        domain=FLOW,
        assumes=("EDM framework", "Gaussian data"),
        derived_in="noised law: flow of a Gaussian",
        checks=(*EXACT, Ode(measure=noised_law.transported, box=ODE_FLOW)),
    ),
    Claim(
        id="wp.3.1.clean.exact",
        says=CLEAN,
        reading="Gaussian data, started from the noised law p(.; sigma_T) itself: the variance of a mode is lam + sigma_0^2 at sigma_0 and tends to lam",
        where="sec. 3.1",
        source="as printed",
        relation=Both(
            (
                carried(start=lam + sigmaT**2, variance=lam + sigma0**2),
                LimitIs(expr=lam + sigma0**2, var=sigma0, point=sp.S.Zero, value=lam),
            )
        ),
        domain=SAMPLED,
        assumes=("eq. (1)", "Gaussian data"),
        derived_in="noised law: flow of a Gaussian",
        checks=(*EXACT, Ode(measure=noised_law.carried_variance, box=ODE_CARRIED)),
    ),
    Claim(
        id="wp.3.1.clean.white",
        says=CLEAN,
        reading="Gaussian data, started from N(0, sigma_T^2 I) as the sampler of sec. 4.3 is, at any finite sigma_T: the generated variance of a mode tends to its variance lam",
        where="sec. 3.1",
        source="as printed",
        relation=Both(
            (
                carried(start=sigmaT**2, variance=GENERATED),
                LimitIs(expr=GENERATED, var=sigma0, point=sp.S.Zero, value=lam),
            )
        ),
        domain=SAMPLED,
        assumes=("eq. (1)", "Gaussian data"),
        corrected_by="our.sampling.white_variance",
        checks=EXACT,
    ),
    Claim(
        id="wp.3.1.clean.large",
        says=CLEAN,
        reading="Gaussian data, started from N(0, sigma_T^2 I): the generated variance at sigma = 0, lam sigma_T^2/(lam + sigma_T^2), tends to lam as sigma_T grows",
        where="sec. 3.1",
        source="as printed",
        relation=LimitIs(expr=lam * sigmaT**2 / (lam + sigmaT**2), var=sigmaT, point=sp.oo, value=lam),
        domain=domain_of((lam, sigmaT)),
        assumes=("eq. (1)", "Gaussian data"),
        derived_in="one layer: final level",
        checks=(KERNEL,),
        formula=False,
        slips=(
            LimitIs(expr=lam * sigmaT**2 / (lam + sigmaT**2), var=sigmaT, point=sp.oo, value=2 * lam),
            LimitIs(expr=lam * sigmaT / (lam + sigmaT**2), var=sigmaT, point=sp.oo, value=lam),
        ),
    ),
)
