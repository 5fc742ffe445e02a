"""A certificate is checked, never believed: whatever is changed in one, no false statement is accepted."""

import copy
import json
import subprocess
import sys
from functools import cache

import pytest
import sympy as sp
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verify.kernel.formulas import (
    POSITIVE,
    TWO,
    VARIANCE,
    Q,
    exp,
    identities,
    lam,
    log,
    psi,
    sigma,
    target,
    tau,
    two_weight,
    variance,
    x,
)
from tests.verify.kernel.formulas import d as derivative
from tests.verify.kernel.matrix_statements import DOMAIN, Sigma, obligation, u, variants
from theory.domain import domain_of
from theory.matrices import Eigenvector, Rule
from theory.statement import Compares, MatrixVanishes, Tends, Vanishes
from verify.kernel import check, decide, replay
from verify.kernel.algebra import Undecidable
from verify.kernel.matrices import no_facts, reading
from verify.kernel.signs import Recorded, Signs, covering
from verify.prover.guide import Guide, SignSearch
from verify.prover.rewriting import Rules
from verify.prover.spelling import Spelling

IDENTITIES = identities()
PSI = domain_of(sorted(psi.free_symbols, key=str))
LINE = domain_of((x,))
POSITIVE_LINE = domain_of((sigma,))
tiny, gap = sp.Rational(1, 10**12), sp.Rational(1, 100)


def _shifted(name):
    o = IDENTITIES[name]
    return o, Vanishes(o.name, o.expr + tiny, o.domain)


def _compares(expr, op, domain, false):
    return Compares("sign", expr, op, domain), Compares("sign", *false)


def _tends(expr, var, point, value, domain, false):
    return Tends("limit", expr, var, sp.sympify(point), value, domain), Tends(
        "limit", expr, var, sp.sympify(point), false, domain
    )


def _matrix(name):
    return obligation(name), obligation(name, variants(name, 1)[0])


UNIT = LINE.within(x=(-1, 1))
TAYLOR = exp(x) - 1 - x - x**2 / 2 - x**3 / 6
PAIRS = {
    "identity": lambda: _shifted("one layer, Phi"),
    "with Ein": lambda: _shifted("variance, from tau = 0"),
    "with a power": lambda: _shifted("gradient descent"),
    "corner": lambda: _compares(psi - 1, "<=", PSI.where(Q <= 1), (psi - 1, "<", PSI.where(Q <= 1))),
    "condition": lambda: _compares(derivative(psi, tau), ">", PSI.where(target > Q), (derivative(psi, tau), ">", PSI)),
    "charts": lambda: _compares(two_weight - 1, "<=", TWO, (two_weight - 1, "<", TWO)),
    "slope": lambda: _compares(exp(x) - 1 - x, ">=", LINE, (exp(x) - 1 - 2 * x, ">=", LINE)),
    "logarithm": lambda: _compares(
        sigma - 1 - log(sigma), ">=", POSITIVE_LINE, (sigma - 2 - log(sigma), ">=", POSITIVE_LINE)
    ),
    "boxes": lambda: _compares(TAYLOR + gap, ">", UNIT, (TAYLOR - gap, ">", UNIT)),
    "limit": lambda: _tends(variance, tau, sp.oo, _end(), VARIANCE, _end() * (1 + tiny)),
    "order": lambda: _tends((1 - exp(-x)) / x, x, 0, sp.S.One, LINE, 1 + tiny),
    "matrix": lambda: _matrix("D.1.sol"),
    "moments": lambda: _matrix("C.3.square"),
}


def _end():
    sigma0, sigmaT = (s for s in VARIANCE.symbols if s.name in ("sigma0", "sigmaT"))
    return sigmaT**2 * (lam + sigma0**2) / (lam + sigmaT**2)


@cache
def _case(name):
    true, false = PAIRS[name]()
    decision = decide(true)
    assert decision.proof is not None, decision.because
    return true, false, decision.proof.certificate


def _places(part, here=()):
    """Yield the paths to everything inside of a certificate."""
    children = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, child in children:
        yield (*here, key)
        yield from _places(child, (*here, key))


def _at(part, path):
    for key in path:
        part = part[key]
    return part


def _tampered(data, certificate):
    """Return the certificate with something removed, changed a little, or put in the place of something else."""
    changed = copy.deepcopy(certificate)
    path = data.draw(st.sampled_from(list(_places(changed))))
    parent, key, old = _at(changed, path[:-1]), path[-1], _at(changed, path)
    match data.draw(st.sampled_from(["delete", "move", "change", "number", "sign"])):
        case "delete":
            del parent[key]
        case "move":
            parent[key] = copy.deepcopy(_at(certificate, data.draw(st.sampled_from(list(_places(certificate))))))
        case "change" if isinstance(old, str):
            parent[key] = old.replace(*data.draw(st.sampled_from([("0", "1"), ("1", "2"), ("+", "-"), ("g1", "g2")])))
        case "sign" if isinstance(old, str):
            parent[key] = old[1:] if old.startswith("-") else f"-{old}"
        case "number" | "sign" | "change" if isinstance(old, int):
            parent[key] = old + data.draw(st.integers(-2, 2))
    return changed


@pytest.mark.parametrize("name", PAIRS)
def test_a_certificate_proves_its_statement_and_not_a_false_one(name):
    true, false, certificate = _case(name)

    assert check(true, certificate) is not None
    assert check(false, certificate) is None


@settings(max_examples=150)
@given(st.sampled_from(list(PAIRS)), st.data())
def test_no_changed_certificate_proves_a_false_statement(name, data):
    _, false, certificate = _case(name)
    for _ in range(data.draw(st.integers(1, 3))):
        certificate = _tampered(data, certificate)

    assert check(false, certificate) is None


@settings(max_examples=60)
@given(st.sampled_from(list(PAIRS)), st.sampled_from(list(PAIRS)))
def test_a_certificate_of_another_statement_does_not_help(name, other):
    assert check(_case(name)[1], _case(other)[2]) is None


def test_a_replay_searches_nothing():
    texts = [decide(_case(name)[0]).proof.to_json() for name in PAIRS]
    program = (
        "import json, sys\nfrom verify.kernel import replay\nassert all(replay(t) for t in json.load(sys.stdin))\n"
        "print(any(name.startswith('verify.prover') for name in sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(texts), capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "False"


def test_a_certificate_survives_its_text():
    for name in PAIRS:
        true, _, certificate = _case(name)
        assert json.loads(json.dumps(certificate)) == certificate
        assert replay(decide(true).proof.to_json())


@pytest.mark.parametrize(
    "generators",
    [
        pytest.param([["exp", "(g0)/(1)", None]], id="exp of itself"),
        pytest.param([["symbol", 0, None], ["root", "(g0)/(1)", 0]], id="a root of order 0"),
        pytest.param([["symbol", 0, None], ["exp", "(g5)/(1)", None]], id="a later generator"),
        pytest.param([["symbol", 7, None]], id="a symbol of no domain"),
        pytest.param([["sin", "(g0)/(1)", None]], id="an unknown kind"),
    ],
)
def test_generators_without_meaning_prove_nothing(generators):
    true, _, certificate = _case("identity")

    assert check(true, certificate | {"generators": generators}) is None


def test_a_point_outside_of_the_domain_proves_nothing():
    true, _, certificate = _case("identity")

    assert check(true, certificate | {"point": ["-1"] * len(POSITIVE.symbols)}) is None


def test_a_prover_that_divides_by_zero_proves_nothing(monkeypatch):
    """S u = lam u and S = 0 give lam u = 0, but not u = 0."""
    monkeypatch.setattr(Rules, "_divides", lambda *_: True)
    zero = sp.ZeroMatrix(*Sigma.shape)

    decision = decide(MatrixVanishes("zero", u, (Eigenvector(u, Sigma, lam), Rule(Sigma, zero)), DOMAIN))

    assert decision.status != "proved"


def test_a_prover_that_orients_factors_at_will_proves_nothing_false(monkeypatch):
    monkeypatch.setattr(Guide, "sign", lambda self, tower, p: self.signs.setdefault(str(p), 1))

    assert decide(Vanishes("modulus", sp.Abs(x) - x, LINE)).status == "refuted"
    assert decide(Vanishes("root", sp.sqrt(x**2) - x, LINE)).status == "refuted"
    assert decide(Vanishes("logarithm", log(x**2) - 2 * log(x), LINE)).status != "proved"


def test_a_prover_that_knows_all_signs_proves_nothing_false(monkeypatch):
    monkeypatch.setattr(SignSearch, "prime", lambda *_: (1, True))

    for name in ("condition", "charts", "slope", "corner"):
        assert decide(PAIRS[name]()[1]).status != "proved"


def test_a_prover_that_takes_any_exponents_proves_nothing_false(monkeypatch):
    monkeypatch.setattr(Guide, "exponents", lambda self, tower, u: [(tower.place("exp", tower.one), fmpq(1))])

    assert decide(Vanishes("exponents", exp(x) - exp(2 * x), LINE)).status == "refuted"


def test_a_symbol_has_one_chart():
    _, _, certificate = _case("charts")
    covers = [rule for part in ("rules", "everywhere") for rule in certificate[part].values() if rule[0] == "cover"]
    assert covers

    tower = Recorded({"generators": [["symbol", 0, None]]}).tower(LINE, False, 4)
    signs = Signs(tower, LINE, Recorded({"rules": {}}))
    with pytest.raises(Undecidable, match="two charts"):
        covering(signs, [[0, None, None], [0, None, None]])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("targets", lambda c: [[shape, []] for shape, _ in c["targets"]], id="nothing"),
        pytest.param("steps", lambda c: c["steps"][:-1], id="a fact less"),
        pytest.param("steps", lambda c: c["steps"][::-1], id="facts before those they rest on"),
        pytest.param(
            "letters", lambda c: [["inv", [[["Number", "1"]] * 2, [[[], [0], ["Number", "1"]]]]]], id="a circle"
        ),
        pytest.param("inverses", lambda c: [], id="no reason for inverses"),
    ],
)
def test_what_facts_do_not_give_is_not_accepted(field, value):
    true, _, certificate = _case("matrix")

    assert check(true, certificate | {field: value(certificate)}) is None


def test_a_combination_needs_a_fact_in_each_term():
    true, _, _ = _case("moments")
    read = no_facts(true, [], lambda _: False)
    spelling = Spelling()
    itself = spelling.element(reading(true).targets[0])
    read.letters = spelling.table

    with pytest.raises(Undecidable, match="without a fact"):
        read.follows(reading(true).targets[0], itself)
