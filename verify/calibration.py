"""`python -m verify.calibration` measures how often the statistics lane is wrong: on true and on false statements.

True statements of each sort of test are judged as they are, and with errors of a few percent planted in what they
say. Counted are refutations, and for true statements also the rejections at 1 % that a second look has to confirm.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import sympy as sp
from scipy import stats

from numerics.noisy_components import spiked_scenes as measured
from numerics.statistics.inference import LEVEL
from theory import spiked
from theory.domain import domain_of
from theory.observable import Mean
from theory.relation import Identity, Inequality, LimitIs, Relation
from theory.symbols import symbols
from verify.checks.cells import Cell
from verify.checks.compared import Compared
from verify.checks.every_size import AtEverySize
from verify.checks.limit import InTheLimit
from verify.claim import Check, Claim
from verify.judge import Finding
from verify.verdict import Outcome

d, gamma, ell, lam2_i, lam2_0, s = symbols("d gamma ell lam2_i lam2_0 s_bar")
PLANTED = tuple(sp.Rational(percent, 100) for percent in (-10, -7, -5, -3, -2, -1, 1, 2, 3, 5, 7, 10))
COVARIANCE, SINE = r"u_i^\dagger \hat\Sigma_t u_i", r"\sin^2\theta"
STATEMENTS, FILE = 200, "statistics.json"
SPOILT = "refuted with an error of percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A true statement, the check that judges it, and how an error is planted in what it says."""

    check: Check
    relation: Relation
    spoilt: Callable[[sp.Rational], Relation]


def at_every_size(number: int) -> Statement:
    """Return that the covariance of noisy samples is lambda^2 + s, in three cells of its own."""
    rng = np.random.default_rng([number, 1])
    cells = tuple(_population(rng) for _ in range(3))
    check = AtEverySize(sample=measured.population_entries, cells=cells, trials=1600, margin=0.05)
    relation = Identity(Mean(COVARIANCE, lam2_i, s), lam2_i + s)
    return Statement(
        check=check, relation=relation, spoilt=lambda error: replace(relation, rhs=relation.rhs * (1 + error))
    )


def in_the_limit(number: int) -> Statement:
    """Return that sin^2 of the angle tends to its law, in two cells of its own."""
    rng = np.random.default_rng([number, 2])
    cells = tuple(_ratio(rng) for _ in range(2))
    check = InTheLimit(
        sample=measured.sine_squared_in_ratio, cells=cells, points=(40, 80, 160), trials=(2500, 2000, 1500),
        margin=0.025,
    )  # fmt: skip
    relation = LimitIs(expr=Mean(SINE, d, gamma, ell), var=d, point=sp.oo, value=spiked.sine_squared())
    return Statement(
        check=check, relation=relation, spoilt=lambda error: replace(relation, value=relation.value * (1 + error))
    )


def compared(number: int) -> Statement:
    """Return that a covariance is at least lambda^2 + s, which it is exactly; a larger bound is false."""
    rng = np.random.default_rng([number, 3])
    cells = tuple(_leading(rng) for _ in range(3))
    check = Compared(draws=measured.leading_variance, observables=(COVARIANCE,), cells=cells, trials=800)
    mean, bound = Mean(COVARIANCE, lam2_0, s), lam2_0 + s
    return Statement(
        check=check,
        relation=Inequality(mean, ">=", bound),
        spoilt=lambda error: Inequality(mean, ">=", bound * (1 + abs(error))),
    )


SORTS: dict[str, Callable[[int], Statement]] = {
    "at every size": at_every_size,
    "in the limit": in_the_limit,
    "compared": compared,
}


def calibrated(statements: int = STATEMENTS) -> dict[str, object]:
    """Return for each sort of test how many of that many statements are refuted, true ones and spoilt ones."""
    return {
        "statements": statements,
        "level": LEVEL,
        "allowed": int(stats.binom.ppf(1 - LEVEL, statements, LEVEL)),
        "sorts": {name: _counted([make(k) for k in range(statements)]) for name, make in SORTS.items()},
    }


def _counted(statements: list[Statement]) -> dict[str, object]:
    true = [_found(one, one.relation) for one in statements]
    refuted = {
        f"{100 * error}": sum(_found(one, one.spoilt(error)).outcome is Outcome.FAILS for one in statements)
        for error in PLANTED
    }
    return {
        "holds": _count(true, Outcome.HOLDS),
        "undecided": _count(true, Outcome.UNDECIDED),
        "refuted": _count(true, Outcome.FAILS),
        "rejected at first": sum(_is_rejected_at_first(finding) for finding in true),
        SPOILT: refuted,
    }


def _found(statement: Statement, relation: Relation) -> Finding:
    claim = Claim(
        id="our.calibration", says="", where="", source="ours", relation=statement.relation,
        domain=domain_of((d, gamma, ell, lam2_i, lam2_0, s)), checks=(statement.check,),
    )  # fmt: skip
    return statement.check.probe(relation, claim)


def _is_rejected_at_first(finding: Finding) -> bool:
    doubted = "second look" in finding.figures or "significantly off" in finding.because
    return doubted or finding.outcome is Outcome.FAILS


def _count(findings: Iterable[Finding], outcome: Outcome) -> int:
    return sum(finding.outcome is outcome for finding in findings)


def _population(rng: np.random.Generator) -> Cell:
    sizes, lam2, rest = _sizes(rng)
    return (*sizes, ("lam2_i", (lam2, lam2 / 2)), *rest)


def _leading(rng: np.random.Generator) -> Cell:
    sizes, lam2, rest = _sizes(rng)
    return (*sizes, ("lam2_0", lam2), *rest)


def _sizes(rng: np.random.Generator) -> tuple[Cell, float, Cell]:
    law = str(rng.choice(["gaussian", "signs", "uniform"]))
    rest: Cell = (("s", float(rng.uniform(0.2, 2.0))), ("law", law))
    return (("d", 6.0), ("n_data", 16.0)), float(rng.uniform(1.0, 4.0)), rest


def _ratio(rng: np.random.Generator) -> Cell:
    gamma = float(rng.choice([0.5, 1.0, 2.0]))
    return (("gamma", gamma), ("ell", float(rng.uniform(4.0, 10.0)) * gamma**0.5))


def main(arguments: list[str]) -> int:
    """Measure, and write what was found."""
    parser = argparse.ArgumentParser(prog="python -m verify.calibration", description=__doc__)
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--out", type=Path, default=Path("reports"))
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    path = asked.out / FILE
    path.write_text(json.dumps(calibrated(asked.statements), indent=1) + "\n", encoding="utf-8")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
