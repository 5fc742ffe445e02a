"""Every objective regresses a mixture Y = p x0 + q z on a mixture X = a x0 + s z; its optimum follows from the loss.

With c = a^2 lam + s^2, the variance of the input along a mode, the optimal weight of the mode is (a p lam + s q)/c,
its bias s (p s - a q) mu/c and the least loss (p s - a q)^2 lam/c: what is lost depends on target and input only
through the determinant p s - a q of the mixture.

Source: spectral-bias paper, appendix C.4, Table 2.
"""

from dataclasses import dataclass

import sympy as sp

from theory.domain import POSITIVE, Domain, Range, domain_of
from theory.matrices import Expect, Inv, norm2
from theory.regression import Sigma, W, b, mu, unit, x0, z
from theory.symbols import symbols

lam, sigma, alpha, t, Q, eta, tau, y, w, v = symbols("lam sigma alpha t Q eta tau y w b")
a_X, s_X, a_Y, s_Y = symbols("a_X s_X a_Y s_Y")
mean = symbols("mu")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """Predict Y = p x0 + q z from X = a x0 + s z; the coefficients' symbols range over `domain`, where s > 0."""

    name: str
    a: sp.Expr
    s: sp.Expr
    p: sp.Expr
    q: sp.Expr
    domain: Domain

    @property
    def input(self) -> sp.MatrixExpr:
        """X."""
        return self.a * x0 + self.s * z

    @property
    def target(self) -> sp.MatrixExpr:
        """Y."""
        return self.p * x0 + self.q * z

    @property
    def loss(self) -> sp.Expr:
        """E|W X + b - Y|^2."""
        return Expect(norm2(W * self.input + b - self.target))

    @property
    def moment_loss(self) -> sp.Expr:
        """The loss by the moments of the data: data and noise are missed by a W - p I and s W - q I."""
        data, noise = self.a * W - self.p * unit, self.s * W - self.q * unit
        return norm2(data * mu + b) + sp.Trace(data * Sigma * data.T) + norm2(noise)

    @property
    def input_covariance(self) -> sp.MatrixExpr:
        """Cov(X, X)."""
        return self.a**2 * Sigma + self.s**2 * unit

    @property
    def cross_covariance(self) -> sp.MatrixExpr:
        """Cov(Y, X)."""
        return self.a * self.p * Sigma + self.s * self.q * unit

    @property
    def optimal_W(self) -> sp.MatrixExpr:
        """The weights that minimise the loss."""
        return self.cross_covariance * Inv(self.input_covariance)

    @property
    def optimal_b(self) -> sp.MatrixExpr:
        """The bias that minimises the loss."""
        return self.s * self.determinant * Inv(self.input_covariance) * mu

    @property
    def determinant(self) -> sp.Expr:
        """The determinant p s - a q of the mixture."""
        return self.p * self.s - self.a * self.q

    @property
    def rate(self) -> sp.Expr:
        """The variance of the input along a mode, an eigenvalue of its covariance."""
        return self.a**2 * lam + self.s**2

    @property
    def weight(self) -> sp.Expr:
        """The optimal weight of a mode."""
        return (self.a * self.p * lam + self.s * self.q) / self.rate

    @property
    def bias(self) -> sp.Expr:
        """The optimal bias along a mode."""
        return self.s * self.determinant * mean / self.rate

    @property
    def minloss(self) -> sp.Expr:
        """What a mode adds to the least loss."""
        return self.determinant**2 * lam / self.rate

    @property
    def flow_rate(self) -> sp.Expr:
        """The rate of a weight y in gradient flow, for data of mean 0."""
        return -eta * (2 * self.rate * y - 2 * (self.a * self.p * lam + self.s * self.q))

    def trained(self, start: sp.Expr = Q) -> sp.Expr:
        """Return the weight of a mode after training time tau from `start`, for data of mean 0."""
        return self.weight + (start - self.weight) * sp.exp(-2 * eta * tau * self.rate)


LEVEL, VP = domain_of((sigma,)), domain_of((sigma, alpha))
NOISY_TIME = Domain(((t, Range(sp.S.Zero, sp.S.One, high_open=True)),))
TIME = Domain(((t, Range(sp.S.Zero, sp.S.One)),))
MIXED = Domain((*domain_of((a_X, a_Y, s_Y)).ranges, (s_X, POSITIVE)))

one, none = sp.S.One, sp.S.Zero
ANY = Objective(name="mixture", a=a_X, s=s_X, p=a_Y, q=s_Y, domain=MIXED)
OBJECTIVES: dict[str, Objective] = {
    o.name: o
    for o in (
        Objective(name="edm_x", a=one, s=sigma, p=one, q=none, domain=LEVEL),
        Objective(name="edm_eps", a=one, s=sigma, p=none, q=one, domain=LEVEL),
        Objective(name="vp_x", a=alpha, s=sigma, p=one, q=none, domain=VP),
        Objective(name="vp_eps", a=alpha, s=sigma, p=none, q=one, domain=VP),
        Objective(name="vp_v", a=alpha, s=sigma, p=-sigma, q=alpha, domain=VP),
        Objective(name="flow", a=t, s=1 - t, p=one, q=-one, domain=NOISY_TIME),
    )
}


def of_mode(o: Objective) -> Domain:
    """Return the domain of a mode of variance lam and mean mu."""
    return domain_of((lam, mean)).joined(o.domain)


FLOW_MODE = domain_of((lam, mean)).joined(TIME).where(sp.Ne(OBJECTIVES["flow"].rate, 0))
DOMAINS: dict[str, Domain] = {name: of_mode(o) for name, o in OBJECTIVES.items()} | {"flow": FLOW_MODE}


def mode_loss(o: Objective, weight: sp.Expr, bias: sp.Expr) -> sp.Expr:
    """Return what a mode adds to the loss, at this weight and bias."""
    misses = weight * o.a - o.p, weight * o.s - o.q
    return (misses[0] * mean + bias) ** 2 + misses[0] ** 2 * lam + misses[1] ** 2
