import pytest

from tests.verify.planted import Planted, claim
from verify.engine import Local, engine
from verify.errors import UsageError
from verify.runner import run, tasks
from verify.store import Store
from verify.verdict import Outcome, Verdict


@pytest.fixture
def store(tmp_path):
    with_file = Store(tmp_path / "store")
    yield with_file
    with_file.close()


def judged(store, *claims):
    heard = []
    with Local(2) as workers:
        found = run(tasks(claims, budget="quick"), store=store, engine=workers, watch=lambda *told: heard.append(told))
    return found, heard


@pytest.mark.parametrize(
    ("does", "verdict", "because"),
    [
        ("honest", Verdict.SUPPORTED, "holds in property"),
        ("crashes", Verdict.ERROR, "ZeroDivisionError: planted"),
        ("hangs", Verdict.ERROR, "not finished after 1 s"),
        ("dies", Verdict.ERROR, "worker lost"),
    ],
)
def test_whatever_a_check_does_becomes_a_verdict(store, does, verdict, because):
    check = Planted(does=does, seconds=1.0 if does == "hangs" else 30.0)

    (entry,), _ = judged(store, claim(check))

    assert entry.judgement.verdict is verdict
    assert because in entry.judgement.because


def test_known_evidence_is_not_found_again(store):
    first, _ = judged(store, claim(Planted(does="honest")))

    again, heard = judged(store, claim(Planted(does="honest")))

    assert again == first
    assert len(heard) == 1


def test_errors_are_tried_again(store):
    judged(store, claim(Planted(does="crashes")))

    assert not list(store.seconds())


def test_any_change_of_a_claim_or_check_is_a_new_task():
    from tests.verify.planted import lam
    from theory.relation import Identity

    variants = [
        claim(Planted(does="honest")),
        claim(Planted(does="blind")),
        claim(Planted(does="honest"), id="our.other"),
        claim(Planted(does="honest"), relation=Identity(lam, lam)),
    ]

    keys = [task.key for task in tasks(variants, budget="quick")]

    assert len(set(keys)) == len(keys)


def test_words_do_not_change_the_evidence():
    plain, worded = claim(Planted()), claim(Planted(), reading="in other words")

    assert tasks([plain], budget="quick")[0].key == tasks([worded], budget="quick")[0].key


def test_only_the_lanes_asked_for_are_run():
    both = claim(Planted(), Planted(lane="ode"))

    assert [t.check.lane for t in tasks([both], budget="quick", lanes=frozenset({"ode"}))] == ["ode"]


def test_entries_are_sorted_and_fold_all_lanes(store):
    first, second = (
        claim(Planted(does="honest"), Planted(does="fails", lane="ode"), id="our.b"),
        claim(Planted(), id="our.a"),
    )

    found, _ = judged(store, first, second)

    assert [entry.claim.id for entry in found] == ["our.a", "our.b"]
    assert [e.outcome for e in found[1].evidence] == [Outcome.HOLDS, Outcome.FAILS]
    assert found[1].judgement.verdict is Verdict.UNDECIDED


def test_a_lane_that_hangs_does_not_take_the_others_of_its_claim_along(store):
    hanging = claim(Planted(does="honest", seconds=1.0), Planted(does="hangs", lane="ode", seconds=1.0))

    (entry,), _ = judged(store, hanging)

    assert [e.outcome for e in entry.evidence] == [Outcome.HOLDS, Outcome.ERROR]


def test_an_unknown_engine_is_named():
    with pytest.raises(UsageError, match="expected local or dask:ADDRESS"):
        engine("cloud", 1)
