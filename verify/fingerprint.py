"""A fingerprint changes with everything that evidence depends on, and with nothing else."""

import hashlib
import platform
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache, partial
from importlib.metadata import version
from inspect import getsource
from pathlib import Path
from types import FunctionType
from typing import Protocol, runtime_checkable

import sympy as sp

from verify.claim import Check, Claim

ROOT = Path(__file__).parent.parent
COMMON = (
    "theory/statement.py", "theory/relation.py", "theory/functions.py", "theory/domain.py", "theory/matrices.py",
    "theory/observable.py",
    "verify/kernel", "verify/prover", "verify/arithmetic", "verify/trees.py",
)  # fmt: skip
JUDGING = (
    "verify/claim.py", "verify/judge.py", "verify/verdict.py", "verify/witness.py", "verify/mutants.py",
    "verify/search.py", "verify/provable.py", "verify/checks", "verify/bridge.py", "verify/images.py",
    "verify/recorded.py",
)  # fmt: skip
GROUND_TRUTH = ("numerics",)
LIBRARIES = ("sympy", "python-flint", "numpy", "scipy", "torch", "hypothesis")
MEASURING = ("ode", "network", "statistics")


@runtime_checkable
class Reads(Protocol):
    """A check whose findings depend on files."""

    def reads(self) -> tuple[str, ...]:
        """Return texts that change with what it reads."""
        ...


def evidence_key(claim: Claim, check: Check) -> str:
    """Return the key under which what `check` finds on `claim` is stored."""
    parts = COMMON + JUDGING + (GROUND_TRUTH if check.lane in MEASURING else ())
    read = check.reads() if isinstance(check, Reads) else ()
    return _digest([_judged(claim), canonical(check), code(parts), *read, *(f"{k} {v}" for k, v in versions().items())])


def canonical(value: object) -> str:
    """Return a text that is equal for equal values in every process: functions by code, expressions by tree."""
    if isinstance(value, sp.Basic):
        return _tree(value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = ", ".join(f"{f.name}={canonical(getattr(value, f.name))}" for f in fields(value))
        return f"{type(value).__name__}({inner})"
    if isinstance(value, tuple | list):
        return f"({', '.join(map(canonical, value))})"
    if isinstance(value, FunctionType):
        return f"{value.__module__}.{value.__qualname__} {_source(value)}"
    if isinstance(value, partial):
        return f"partial{canonical((value.func, value.args, tuple(sorted(value.keywords.items()))))}"
    return _stable(repr(value))


def _stable(text: str) -> str:
    """Return `text`.

    Raises:
        TypeError: it names a place in memory, which is another one in the next process.
    """
    if " at 0x" in text:
        raise TypeError(f"fingerprint: expected a value that reads the same in every process, got {text}")
    return text


@cache
def _tree(expr: sp.Basic) -> str:
    """Return the expression as a tree of its nodes in the order they have, leaves with all their assumptions."""
    if not expr.args or not all(isinstance(child, sp.Basic) for child in expr.args):
        return sp.srepr(expr)
    return f"{type(expr).__name__}({', '.join(map(_tree, expr.args))})"


@cache
def _source(function: FunctionType) -> str:
    return getsource(function)


@cache
def code(parts: tuple[str, ...]) -> str:
    """Return the digest of all Python files in the named files and folders of this distribution."""
    files = sorted(path for part in parts for path in _python_files(ROOT / part))
    return _digest(f"{path.relative_to(ROOT)}\n{path.read_text(encoding='utf-8')}" for path in files)


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that evidence rests on."""
    found = {name: version(name) for name in LIBRARIES}
    grounds = sp.external.gmpy.GROUND_TYPES  # what SymPy's own integers are
    return {"python": ".".join(platform.python_version_tuple()[:2]), **found, "sympy ground types": grounds}


@cache
def _judged(claim: Claim) -> str:
    """Return the part of a claim that evidence can depend on: not its words."""
    return canonical((claim.id, claim.relation, claim.domain, claim.slips, claim.formula))


def _python_files(path: Path) -> Iterable[Path]:
    return [path] if path.suffix == ".py" else path.rglob("*.py")


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
        digest.update(b"\0")
    return digest.hexdigest()
