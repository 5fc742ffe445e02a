"""How the statements of section 6 are judged: by the stored results of experiments that anybody can run."""

from collections.abc import Sequence
from dataclasses import replace

import sympy as sp

from theory.domain import Domain, domain_of
from theory.relation import Both, Inequality, Relation
from theory.symbols import symbols
from verify.checks.recorded import InResults
from verify.claim import Claim

m_up, m_down, m_up2, r_up, r_down = symbols("m_up m_down m_up2 r_up r_down")
n_up, n_down, n_other = symbols("n_up n_down n_other")
ONE, ZERO = sp.S.One, sp.S.Zero
NETWORK = ("Adam", "EDM preconditioning, loss and sampler", "modes that start within 0.5-2 times their target left out")
EXPLORED = "stated after a first look at these results: what holds in this training, not a test of a prediction"
TENTH, FIFTH, HALF, MOST = map(sp.Rational, ("1/10", "1/5", "1/2", "4/5"))
RUN = (
    "judged on what ran, at full size if that result is stored, else at the quick size; means over the trainings of the "
    "experiment, intervals over modes or images and over trainings; what ran stands in for the paper's trainings"
)
SHAPED = (
    "sigmoidal: at least 4/5 of them are fastest after the first measured interval, and the median course is direct: net "
    "over total change of its logarithm is above 9/10"
)
BRANCH = {"up": "rising", "down": "falling"}
PATHS = {
    **{f"m_{way}": f"geometric.{branch}.exponent" for way, branch in BRANCH.items()},
    **{f"r_{way}": f"geometric.{branch}.order" for way, branch in BRANCH.items()},
    **{f"n_{way}": f"geometric.{branch}.median" for way, branch in BRANCH.items()},
    "m_up2": "geometric.rising.exponent",
    "n_other": "geometric.rising.median",
    "m_low": "geometric.rising.exponent.low",
    "m_high": "geometric.rising.exponent.high",
    "m_low2": "geometric.rising.exponent.low",
    "m_high2": "geometric.rising.exponent.high",
    "chi_first": "alignment_first",
    "chi_last": "alignment_last",
    "direct": "shape.clear.direct",
    "direct_gray": "shape.gray.direct",
    "direct_up": "shape.rising.direct",
    "late": "shape.clear.late",
    "late_up": "shape.rising.late",
    "off": "shape.clear.off",
    "off_other": "shape.clear.off",
    "p_up": "laws.plain.slope_rising",
    "p_down": "laws.plain.slope_falling",
    "p_pre": "laws.preconditioned.slope_rising",
    "gain": "laws.preconditioned_over_plain",
    "near": "near.early",
    "near_first": "near.first",
    "far": "far.early",
    "explained": "local.7_1.early",
    "explained_late": "local.7_1.last",
}
"""Where the value of a symbol lies in the result of a network, by the symbol's name."""


def in_results(experiment: str, names: str, **others: str) -> InResults:
    """Return the check on an experiment: `names` are its symbols; `others` give symbols of other experiments."""
    own = tuple((name, experiment, PATHS[name]) for name in names.split())
    return InResults(quantities=own + tuple((name, other, PATHS[name]) for name, other in others.items()))


def near_to(expr: sp.Expr, number: str, within: sp.Expr) -> Inequality:
    """Return that `expr` is `number` to an accuracy."""
    return Inequality((expr - sp.Rational(number)) ** 2, "<=", within**2)


def measured(
    id: str,
    says: str,
    where: str,
    relation: Relation | Sequence[Relation],
    check: InResults,
    slips: Sequence[Relation],
    *,
    reading: str,
    ours: bool = False,
) -> Claim:
    """Return a claim on a trained network; what is printed is about the paper's trainings, which these stand in for."""
    parts = relation if isinstance(relation, Sequence) else (relation,)
    stated = parts[0] if len(parts) == 1 else Both(tuple(parts))
    return Claim(
        id=id,
        says=says,
        where=where,
        source="ours" if ours else "as printed",
        relation=stated,
        domain=_domain(check),
        assumes=(*NETWORK, EXPLORED) if ours else NETWORK,
        checks=(replace(check, refutes=ours),),
        slips=tuple(slips),
        reading=f"{reading}; {RUN}",
        formula=False,
    )


def _domain(check: InResults) -> Domain:
    return domain_of(symbols(" ".join(name for name, _, _ in check.quantities)))


def sigmoid(id: str, says: str, where: str, experiment: str, order: sp.Expr, *, rising: bool = False) -> Claim:
    """Return that the courses are sigmoids, those of all modes or of the rising ones, and larger modes are earlier."""
    names, which = ("late_up direct_up", "rising modes") if rising else ("late direct", "modes that rise or fall")
    late, direct = symbols(names)
    return measured(
        id,
        says,
        where,
        (Inequality(late, ">", MOST), Inequality(direct, ">", 1 - TENTH), Inequality(r_up, "<", -order)),
        in_results(experiment, f"{names} r_up"),
        (Inequality(late, "<", MOST), Inequality(direct, "<", HALF), Inequality(r_up, ">", ZERO)),
        reading=f"{experiment}; {which}; {SHAPED}; the rank correlation of emergence step and variance of the rising modes is below "
        f"-{order}",
    )


def branches(id: str, says: str, where: str, experiment: str, up: str, down: str) -> tuple[Claim, Claim]:
    """Return that the exponents of both branches are the printed numbers, within 1/10."""
    told = (("incr", m_up, "m_up", up), ("decr", m_down, "m_down", down))
    return tuple(  # type: ignore[return-value]
        measured(
            f"{id}{name}",
            says,
            where,
            near_to(symbol, number, TENTH),
            in_results(experiment, letter),
            (near_to(symbol, "1/2", TENTH), near_to(symbol, "-2", TENTH)),
            reading=f"{experiment}, {'rising' if name == 'incr' else 'falling'} modes; {number} within 1/10",
        )
        for name, symbol, letter, number in told
    )
