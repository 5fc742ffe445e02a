import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.verdict import Evidence, Outcome, Verdict, fold


def found(lane, outcome, engine="engine"):
    return Evidence(lane=lane, outcome=Outcome(outcome), because="", engine=engine)


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        pytest.param([], Verdict.UNDECIDED, id="no evidence"),
        pytest.param([found("kernel", "holds")], Verdict.PROVED, id="proof"),
        pytest.param([found("kernel", "holds"), found("ode", "holds")], Verdict.PROVED, id="proof and measurement"),
        pytest.param([found("kernel", "holds"), found("ode", "undecided")], Verdict.UNDECIDED, id="a lane stays open"),
        pytest.param([found("enclosure", "holds")], Verdict.CERTIFIED, id="certificate"),
        pytest.param([found("ode", "holds"), found("property", "holds")], Verdict.SUPPORTED, id="numbers only"),
        pytest.param([found("property", "fails")], Verdict.REFUTED, id="exact counterexample"),
        pytest.param([found("ode", "fails")], Verdict.UNDECIDED, id="floating point does not refute"),
        pytest.param([found("kernel", "holds"), found("ode", "fails")], Verdict.CONFLICT, id="measured against proved"),
        pytest.param(
            [found("kernel", "fails"), found("ode", "holds")], Verdict.CONFLICT, id="measured against refuted"
        ),
        pytest.param([found("kernel", "fails"), found("ode", "fails")], Verdict.REFUTED, id="both against"),
        pytest.param([found("kernel", "holds"), found("ode", "error")], Verdict.ERROR, id="a crash hides nothing"),
    ],
)
def test_the_verdict_is_the_fold_of_the_evidence(evidence, verdict):
    assert fold(evidence).verdict is verdict


lanes = st.sampled_from(["kernel", "enclosure", "property", "ode", "network"])
outcomes = st.sampled_from(list(Outcome))


@given(st.lists(st.builds(found, lanes, outcomes), max_size=5))
def test_a_good_verdict_needs_every_lane_to_hold(evidence):
    if fold(evidence).verdict in (Verdict.PROVED, Verdict.CERTIFIED, Verdict.SUPPORTED):
        assert evidence
        assert all(e.outcome is Outcome.HOLDS for e in evidence)


@given(st.lists(st.builds(found, lanes, outcomes), max_size=5))
def test_a_refutation_needs_a_lane_that_can_refute(evidence):
    if fold(evidence).verdict is Verdict.REFUTED:
        assert any(e.outcome is Outcome.FAILS and e.lane not in ("ode", "network") for e in evidence)


def test_the_engines_are_those_that_agree_with_the_verdict():
    evidence = [found("kernel", "fails", "flint"), found("ode", "undecided", "numerics")]

    assert fold(evidence).engines == ("flint",)
