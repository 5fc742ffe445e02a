"""A derivation is a chain of steps from the loss to a formula; each step can be checked again."""

from dataclasses import dataclass

import sympy as sp

from theory.domain import Domain
from theory.relation import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what it states, the relation that has to hold for it, and why one takes it."""

    name: str
    states: sp.Basic
    relation: Relation
    domain: Domain
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Steps in order; a later step may use what an earlier one states, or what a derivation it continues does."""

    name: str
    steps: tuple[Step, ...]
    continues: "Derivation | None" = None

    def __post_init__(self) -> None:
        """Raise ValueError if two steps share a name."""
        names = [step.name for step in self.steps]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.name}: expected distinct step names, got {names}")

    def __getitem__(self, name: str) -> Step:
        """Return the step called `name`."""
        return {step.name: step for step in self.steps}[name]

    def until(self, name: str) -> tuple[Step, ...]:
        """Return the steps from the loss up to and including the one called `name`."""
        names = [step.name for step in self.steps]
        before = self.continues.from_the_loss if self.continues else ()
        return before + self.steps[: names.index(name) + 1]

    @property
    def from_the_loss(self) -> tuple[Step, ...]:
        """All steps, those of the derivations that this one continues first."""
        return self.until(self.steps[-1].name)
