"""What the simulated sections share: statements about limits and orders of expectations, and sizes to test them at."""

from itertools import pairwise

import sympy as sp

from numerics.noisy_components import spiked_scenes as measured
from theory.domain import domain_of
from theory.observable import Mean
from theory.relation import Both, Inequality, LimitIs
from theory.symbols import symbols
from verify.checks.cells import cells
from verify.checks.compared import Compared
from verify.checks.limit import InTheLimit
from verify.claim import Claim

d, n, gamma, ell, s, eps = symbols("d n_data gamma ell s_bar eps")
REGIME = ("d, n to infinity with d/n to gamma; rank, eigenvalues and noise fixed", "Gaussian noise", "data fixed")
FIXED = ("Gaussian noise", "data fixed", "d and n fixed")
SIZES, DRAWN = (100, 200, 400), (2000, 2000, 1400)
SINE = r"\sin\theta_{\mathrm{PCA}}"
in_ratio = sp.sqrt(gamma / ell)  # eq. (12) in ell = lambda^2/sigma-bar_t^2
MODES = tuple(rf"\langle u_{i}^t, u_{i}\rangle^2" for i in range(3))


def limit(observable: str, value: sp.Expr, *on: sp.Symbol) -> LimitIs:
    """Return that the mean of an observable tends to `value` in the regime of large dimension."""
    return LimitIs(expr=Mean(observable, d, *on), var=d, point=sp.oo, value=sp.sympify(value))


def small_noise(observable: str, var: sp.Symbol, value: sp.Expr, *on: sp.Symbol) -> LimitIs:
    """Return that the mean of an observable tends to `value` as the noise `var` does to 0, the size being fixed."""
    return LimitIs(expr=Mean(observable, var, *on), var=var, point=sp.S.Zero, value=value)


def within_ten_percent() -> Both:
    """Return that eq. (12) is off by at most 10 % of E sin(theta)."""
    sine = Mean(SINE, d, gamma, ell)
    low, high = in_ratio / sp.Rational(11, 10), in_ratio / sp.Rational(9, 10)
    return Both((Inequality(sine, ">=", low), Inequality(sine, "<=", high)))


def descending(names: tuple[str, ...], op: str = ">") -> Both:
    """Return that the means of the observables named are in descending order."""
    means = [Mean(name, d, n, s) for name in names]
    return Both(tuple(Inequality(a, op, b) for a, b in pairwise(means)))


def ordered(id: str, says: str, reading: str, where: str) -> Claim:
    """Return the claim that the components of a spectrum are aligned in the order of their eigenvalues."""
    spectra = cells(d=(40.0,), n_data=(20.0, 80.0), s=(0.2, 0.5, 1.0))
    return Claim(
        id=id,
        says=says,
        reading=reading,
        where=where,
        source="as printed",
        relation=descending(MODES),
        domain=domain_of((d, n, s)),
        assumes=(*FIXED, "three components"),
        checks=(Compared(draws=measured.spectrum_cosines_squared, observables=MODES, cells=spectra, trials=600),),
        slips=(descending(MODES, "<"), descending(MODES[::-1]), descending((MODES[0], MODES[2], MODES[1]))),
        formula=False,
    )


def linear_in_d(id: str, says: str, where: str) -> Claim:
    """Return the claim that the number of samples that an angle takes grows as the first power of d."""
    observable = r"\log_2 \hat n(2d)/\hat n(d)"
    check = InTheLimit(
        sample=measured.samples_exponent,
        cells=cells(eps=(0.4,), ell=(2.0, 5.0)),
        points=(30, 60, 120),
        trials=(1000, 800, 600),
        margin=0.1,
    )
    return Claim(
        id=id,
        says=says,
        reading="the number of samples at which E sin^2(theta) has a given value, at a given noise level, grows as the first power of d",
        where=where,
        source="as printed",
        relation=limit(observable, sp.S.One, eps, ell),
        domain=domain_of((d, eps, ell)).where(eps < 1),
        assumes=(*REGIME, "n(d): that number, found by simulation"),
        checks=(check,),
        slips=tuple(limit(observable, sp.Rational(value), eps, ell) for value in ("2", "1/2", "0")),
        formula=False,
    )
