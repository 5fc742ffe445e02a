from pathlib import Path

import pytest

from theory.derivations import derivation_of
from verify import ledger
from verify.ledger import CLAIMS, SECTIONS

SPINE = (Path(__file__).parent / "spine_ids.txt").read_text().split()


def test_every_claim_of_the_one_layer_theory_is_in_the_ledger():
    missing = [name for name in SPINE if not any(k == name or k.startswith(f"{name}.") for k in CLAIMS)]

    assert not missing


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_is_complete(claim):
    assert claim.says and claim.where
    assert claim.relation.obligations(claim.domain)
    if claim.derived_in is not None:
        assert derivation_of(claim.derived_in)
    if claim.corrected_by is not None:
        assert CLAIMS[claim.corrected_by].origin == "ours"


def test_every_module_is_a_section_or_says_that_it_holds_no_claims():
    files = (file for file in Path(ledger.__file__).parent.glob("*/*.py") if file.name != "__init__.py")
    modules = {f"{file.parent.name}.{file.stem}" for file in files if not file.stem.startswith(("lanes_", "shared_"))}

    assert modules == set(SECTIONS)
