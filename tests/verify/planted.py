"""Claims and checks with a known flaw: what the harness must notice."""

import os
import signal
import time
from dataclasses import dataclass

import sympy as sp

from theory.domain import domain_of
from theory.one_layer import flow_rate, weight
from theory.relation import Identity, Solves
from theory.symbols import symbols
from verify.claim import Claim
from verify.judge import Finding
from verify.verdict import Outcome

lam, sigma, Q, eta, tau, y = symbols("lam sigma Q eta tau y")
DOMAIN = domain_of((lam, sigma, Q, eta, tau))


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A check whose every finding is decided beforehand."""

    does: str = "holds"
    lane: str = "property"
    engine: str = "planted"
    seconds: float = 5.0

    def probe(self, relation, claim):
        if self.does == "crashes":
            raise ZeroDivisionError("planted")
        if self.does == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.does == "hangs":
            time.sleep(60)
        honest = "holds" if relation == claim.relation else "fails"
        outcome = {"honest": honest, "blind": "holds"}.get(self.does, self.does)
        return Finding(outcome=Outcome(outcome), because=self.does)

    def view(self, relation):
        return relation

    def confirms(self, mutant, claim):
        return False

    def at(self, budget):
        return self


def claim(*checks, id="our.planted", relation=None, **fields):
    relation = relation or Identity(lam + sigma, sigma + lam * sp.exp(0))
    return Claim(
        id=id, says="planted", where="here", source="ours", relation=relation, domain=DOMAIN, checks=checks, **fields
    )


def trained(solution):
    """The weight of a mode claimed to be `solution`."""
    return Solves(solution=solution, var=tau, unknown=y, rate=flow_rate(sigma), at=sp.S.Zero, start=Q)


WEIGHT = weight(sigma)
