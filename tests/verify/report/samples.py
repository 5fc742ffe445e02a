"""Synthetic claims: every kind of relation, every verdict, and results on an image set that never existed."""

from dataclasses import dataclass

import numpy as np
import sympy as sp

from theory import one_layer as one
from theory.derivation import Derivation, Step
from theory.domain import domain_of
from theory.relation import (
    Antiderivative,
    Both,
    Identity,
    Inequality,
    LimitIs,
    MatrixIdentity,
    Monotone,
    Solves,
    Within,
)
from theory.symbols import symbols
from verify.claim import Claim
from verify.report.model import Figure, ImageSet, Report
from verify.runner import Entry
from verify.verdict import Evidence, Judgement, Mutants, Outcome, Verdict

lam, sigma, sigma0, sigmaT, Q, eta, tau, w = symbols("lam sigma sigma0 sigmaT Q eta tau w")
d = sp.Symbol("d", integer=True, positive=True)
W, Sigma = sp.MatrixSymbol("W", d, d), sp.MatrixSymbol("Sigma", d, d)
HERE = domain_of((lam, sigma, Q, eta, tau))
RATE = 2 * eta * (lam - w * (lam + sigma**2))


def solves(factor: int) -> Solves:
    target = lam / (lam + sigma**2)
    solution = target + (Q - target) * sp.exp(-factor * eta * tau * (lam + sigma**2))
    return Solves(solution=solution, var=tau, unknown=w, rate=RATE, at=sp.S.Zero, start=Q)


RELATIONS = {
    "identity": Identity(lam, one.variance()),
    "entire": Identity(sp.log(lam), one.log_variance_entire()),
    "solves": solves(2),
    "antiderivative": Antiderivative(
        primitive=one.log_Phi(sigma), integrand=(1 - one.weight(sigma)) / sigma, var=sigma
    ),
    "limit": LimitIs(expr=one.variance(), var=tau, point=sp.oo, value=one.final_variance()),
    "inequality": Inequality(one.final_variance(), "<=", lam + sigma0**2),
    "somewhere": Inequality(one.initial_variance(), ">", lam, some=True),
    "monotone": Monotone(expr=one.variance(), var=tau, op=">="),
    "matrix": MatrixIdentity(sp.Trace(W * Sigma * W.T), sp.Trace(W.T * W * Sigma)),
    "both": Both((solves(2), Within(Identity(w, sp.Piecewise((Q, tau > 0), (0, True))), HERE.within(tau=(0, "1/3"))))),
    "explicit matrix": Identity(lam, sp.Matrix([[lam, Q], [tau, eta]]).det(method="berkowitz") + sp.sqrt(lam) / sigma),
}


@dataclass(frozen=True)
class Named:
    """A check that only has a name."""

    lane: str
    engine: str = "flint"
    seconds: float = 1.0


def claim(name: str, relation: object, **more: object) -> Claim:
    given = {
        "says": "the weights relax at rate $2\\eta(\\lambda_k+\\sigma^2)$, & <modes> `converge` in order",
        "where": "Prop. 4.2",
        "source": "as printed",
        "domain": HERE,
        "checks": (Named("kernel"), Named("ode"), Named("coq")),
        "assumes": ("zero-mean data", "aligned start $W(0)=\\sum_k Q_k u_k u_k^\\top$"),
    }
    return Claim(id=name, relation=relation, **(given | more))


def evidence(lane: str, outcome: Outcome, **more: object) -> Evidence:
    given = {"because": "2 obligations & more", "engine": {"ode": "numerics", "coq": "coq"}.get(lane, "flint")}
    return Evidence(lane=lane, outcome=outcome, **(given | {"mutants": Mutants(40, 38, 2)} | more))


WITNESS = {
    "point": {"lam": "1/3", "sigma": "1/10", "Q": "0", "eta": "1", "tau": "7/4"},
    "residual": "[-0.301194211912 +/- 2.1e-13]",
}
HOLDS, FAILS = Outcome.HOLDS, Outcome.FAILS
OUTCOMES = {
    Verdict.PROVED: (
        evidence("kernel", HOLDS),
        evidence("ode", HOLDS, figures={"points": 12, "largest error": "3e-9"}),
    ),
    Verdict.CERTIFIED: (evidence("enclosure", HOLDS),),
    Verdict.SUPPORTED: (evidence("ode", HOLDS), evidence("network", HOLDS)),
    Verdict.REFUTED: (evidence("kernel", FAILS, witness=WITNESS), evidence("property", FAILS, witness={"lam": "1/2"})),
    Verdict.UNDECIDED: (evidence("kernel", Outcome.UNDECIDED, mutants=Mutants(40, 30, 2)),),
    Verdict.CONFLICT: (
        evidence("kernel", HOLDS),
        evidence("ode", FAILS, witness={"point": {"lam": "1"}, "measured": 2.5}),
    ),
    Verdict.ERROR: (evidence("kernel", Outcome.ERROR, because="crashed <badly>", engine="", mutants=Mutants()),),
}


def entry(claim: Claim, verdict: Verdict) -> Entry:
    found = OUTCOMES[verdict]
    engines = tuple(sorted({item.engine for item in found if item.engine}))
    return Entry(claim, Judgement(verdict=verdict, because=f"judged: {verdict}", engines=engines), found)


DERIVATION = Derivation(
    name="one layer",
    steps=(
        Step(
            name="gradient",
            states=RATE,
            relation=Identity(-eta * sp.Derivative((1 - w) ** 2 * lam + w**2 * sigma**2, w), RATE),
            domain=HERE,
            because="gradient flow of the mode loss $(1-w)^2\\lambda+w^2\\sigma^2$ at 100 % of the rate",
        ),
        Step(name="weight", states=one.weight(sigma), relation=solves(2), domain=HERE, because="it solves the flow"),
        Step(
            name="variance",
            states=one.variance(),
            relation=RELATIONS["antiderivative"],
            domain=HERE,
            because="integrate",
        ),
    ),
)


def every_kind() -> list[Entry]:
    claims = [claim(f"wp.4.2.{name.replace(' ', '_')}", relation) for name, relation in RELATIONS.items()]
    return [entry(item, list(Verdict)[k % 3]) for k, item in enumerate(claims)]


def every_verdict() -> list[Entry]:
    found = [entry(claim(f"wp.D.1.{v}", RELATIONS["solves"], derived_in="one layer: weight"), v) for v in Verdict]
    wrong = claim("wp.4.3.slip", solves(1), corrected_by="our.weight", where="§4.3, (7)", reading="per mode")
    unknown = claim(
        "wdmg.eq3", RELATIONS["monotone"], corrected_by="our.nowhere", derived_in="lost", says="", where="eq. (3)"
    )
    bare = claim("our.bare", RELATIONS["limit"], assumes=(), source="ours", where="")
    ours = claim("our.weight", solves(2), source="ours", where="theory", derived_in="one layer: weight")
    return [
        *found,
        entry(wrong, Verdict.REFUTED),
        entry(unknown, Verdict.REFUTED),
        entry(ours, Verdict.PROVED),
        Entry(bare, Judgement(verdict=Verdict.UNDECIDED, because="no evidence", engines=()), ()),
    ]


def images() -> ImageSet:
    spectrum, clock = np.geomspace(20, 1e-4, 300), np.geomspace(1e-4, 1e4, 50)
    shown = (0, 40, 120)
    curves = np.stack([1e-4 + spectrum[k] * -np.expm1(-clock * spectrum[k]) for k in shown])
    measured = tuple(
        (k, float(clock[j]), float(curves[row, j]) * 1.01) for row, k in enumerate(shown) for j in (10, 20, 30)
    )
    times = np.where(spectrum > 3e-4, 0.7 / spectrum, np.nan)
    return ImageSet(
        name="Digits & co",
        spectrum=spectrum,
        clock=clock,
        shown=shown,
        variances=curves,
        emergence=times,
        measured=measured,
        images=1797,
        command="lindiff predict digits.npz",
    )


def report(entries: list[Entry] | None = None, figures: dict[str, Figure] | None = None, **more: object) -> Report:
    return Report(
        entries=tuple(entries if entries is not None else [*every_kind(), *every_verdict()]),
        manifest={"lindiff": "0.1.0", "packages": {"sympy": "1.14.0", "python-flint": "0.8.0"}},
        derivations={"one layer": DERIVATION},
        figures=figures or {},
        **more,
    )
