"""What the Jacobian of a denoiser says of the denoiser: D(x) = J(x) x, symmetry, and a basis that depends on x.

Data with equally sharp atoms at 0, a and b in the plane, of the relative weights 1, p and q, have the posterior mean
D(x) = E[x_0 | x] in closed form; its Jacobian is the posterior covariance over the noise variance sigma^2. Data with
other atoms, in more dimensions, differ from these by nothing but longer sums.

Source: section 5 of the power-iteration paper; derived here.
"""

import sympy as sp

from theory.derivation import Derivation, Step
from theory.domain import Domain, domain_of
from theory.matrices import Grad, inner
from theory.relation import Both, Identity, MatrixIdentity, Solves
from theory.symbols import symbols

d, sigma, ray, D_1, D_ray = symbols("d sigma rho D_1 D_ray")
x_1, x_2, a_1, a_2, b_1, b_2, p, q = symbols("input_1 input_2 atom_a1 atom_a2 atom_b1 atom_b2 weight_a weight_b")
W, J, V, Lam = (sp.MatrixSymbol(name, d, d) for name in ("W", "J", "V", "Lam"))
x, v, m = (sp.MatrixSymbol(name, d, 1) for name in ("x", "v", "mu"))
unit = sp.Identity(d)

ANYWHERE = Domain(())
PLANE = domain_of((x_1, x_2, a_1, a_2, b_1, b_2, p, q, sigma))
RAY = domain_of((ray, D_1))
COORDINATES = (x_1, x_2)
ATOMS = ((p, (a_1, a_2)), (q, (b_1, b_2)))


def chance(weight: sp.Expr, atom: tuple[sp.Expr, sp.Expr]) -> sp.Expr:
    """Return the weight of an atom times its likelihood at x over that of the atom at 0."""
    lead = sum(c * (z - c / 2) for c, z in zip(atom, COORDINATES, strict=True))
    return weight * sp.exp(lead / sigma**2)


def total() -> sp.Expr:
    """Return the sum of the chances, that of 0 being 1."""
    return 1 + sum(chance(*atom) for atom in ATOMS)


def expected(value: sp.Expr) -> sp.Expr:
    """Return the posterior mean of a function that vanishes at the atom 0, given its values at a and b."""
    return sum(chance(*atom) * part for atom, part in zip(ATOMS, value, strict=True)) / total()


def mean(i: int) -> sp.Expr:
    """Return the coordinate D_i(x) of the posterior mean."""
    return expected([atom[i] for _, atom in ATOMS])


def covariance(i: int, j: int) -> sp.Expr:
    """Return the entry of the posterior covariance."""
    return expected([atom[i] * atom[j] for _, atom in ATOMS]) - mean(i) * mean(j)


def slope(i: int, j: int) -> sp.Expr:
    """Return dD_i/dx_j."""
    return sp.Derivative(mean(i), COORDINATES[j])


def applied(image: sp.MatrixExpr) -> sp.Expr:
    """Return v^T J x for a denoiser x -> `image`, J being its Jacobian: the gradient of v^T D in x, times x."""
    return inner(Grad(inner(v, image), x), x)


def affine() -> sp.MatrixExpr:
    """Return mu + W (x - mu), the denoiser of least error if the data have the mean mu."""
    return m + W * (x - m)


DERIVATION = Derivation(
    name="jacobian",
    steps=(
        Step(
            name="along a ray",
            states=ray * D_1,
            relation=Solves(solution=ray * D_1, var=ray, unknown=D_ray, rate=D_ray / ray, at=sp.S.One, start=D_1),
            domain=RAY,
            because="with D(c x) for unknown, D = J x at c x reads c dD/dc = D: D(c x) = c D(x)",
        ),
        Step(
            name="affine",
            states=W * x + (unit - W) * m,
            relation=MatrixIdentity(inner(v, affine()), applied(affine()) + inner(v, (unit - W) * m)),
            domain=ANYWHERE,
            because="the Jacobian of mu + W (x - mu) is W",
        ),
        Step(
            name="posterior",
            states=covariance(0, 1) / sigma**2,
            relation=Both(
                tuple(Identity(slope(i, j), covariance(i, j) / sigma**2) for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)))
            ),
            domain=PLANE,
            because="the derivative of a likelihood exp(-|x - y|^2/(2 sigma^2)) in x is (y - x)/sigma^2 times itself",
        ),
    ),
)
