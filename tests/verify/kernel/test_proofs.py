"""A proof is made by the kernel alone, and is replayed from its statement in another process."""

import json
import subprocess
import sys

import pytest
import sympy as sp

from tests.verify.kernel.formulas import exp, identities, psi, tau, x
from theory.domain import domain_of
from theory.statement import Compares, Tends
from verify.kernel import Decision, Proof, decide, replay
from verify.trees import from_tree, to_tree

IDENTITIES = identities()


@pytest.mark.parametrize("name", IDENTITIES)
def test_a_statement_survives_its_tree(name):
    assert from_tree(json.loads(json.dumps(to_tree(IDENTITIES[name])))) == IDENTITIES[name]


@pytest.mark.parametrize(
    "tree",
    [
        ["eval", ["Number", "1"]],
        ["Number", "__import__"],
        ["Symbol", 3, {}],
        ["Add", "x"],
        [],
        "Add",
        ["Number", "1/0/2"],
    ],
    ids=str,
)
def test_a_tree_outside_of_the_whitelist_is_an_error(tree):
    with pytest.raises((ValueError, ZeroDivisionError, TypeError)):
        from_tree(tree)


def test_an_unknown_function_has_no_tree():
    with pytest.raises(ValueError, match="whitelisted"):
        to_tree(sp.sin(x))


def test_only_the_kernel_makes_proofs():
    with pytest.raises(TypeError):
        Proof(IDENTITIES["patch"], {}, object())
    with pytest.raises(TypeError):
        Decision("proved", "because I say so")


def test_proofs_are_replayed_in_a_fresh_process():
    domain = domain_of(sorted(psi.free_symbols, key=str))
    obligations = [
        IDENTITIES["one layer, Phi"],
        Compares("sign", exp(x) - 1 - x, ">=", domain_of((x,))),
        Tends("limit", psi, tau, sp.oo, psi.args[0], domain),
    ]
    texts = [decision.proof.to_json() for decision in map(decide, obligations) if decision.proof]
    program = "import json, sys; from verify.kernel import replay; print([replay(t) for t in json.load(sys.stdin)])"
    run = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == str([True] * len(texts))


@pytest.mark.parametrize("field", ["statement", "certificate", "sha256", "status", "versions", "assumptions"])
def test_a_changed_proof_is_not_replayed(field):
    proof = decide(IDENTITIES["one layer, weight"]).proof
    assert proof is not None
    record = json.loads(proof.to_json())
    record[field] = to_tree(IDENTITIES["patch"]) if field == "statement" else "changed"
    assert not replay(json.dumps(record))


def test_a_false_statement_under_a_true_proof_is_not_replayed():
    proof = decide(IDENTITIES["one layer, weight"]).proof
    assert proof is not None
    text = proof.to_json().replace('"2"', '"3"', 1)
    assert text != proof.to_json()
    assert not replay(text)


def test_a_text_that_is_no_proof_is_an_error():
    with pytest.raises(ValueError, match="proof"):
        replay("{}")


def test_decisions_are_the_same_twice():
    first, second = (decide(IDENTITIES["two layers, Phi"]) for _ in range(2))
    assert first.proof == second.proof
