import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.digit_chain.bases import leading


def planted(d, n, lams2, seed=0):
    rng = np.random.default_rng(seed)
    U, _ = np.linalg.qr(rng.normal(size=(d, len(lams2))))
    V, _ = np.linalg.qr(rng.normal(size=(n, len(lams2))))
    return U, U * np.sqrt(n * np.array(lams2)) @ V.T


@given(st.sampled_from([(6, 20), (20, 6)]), st.integers(0, 50))
def test_planted_components_are_found_from_either_gram_matrix(shape, seed):
    U, X = planted(*shape, (5.0, 3.0, 1.0), seed)

    found = leading(X, 3)

    assert found.lams2 == pytest.approx([5.0, 3.0, 1.0])
    assert np.abs((found.U * U).sum(0)) == pytest.approx(1.0)
    assert pytest.approx(np.eye(3), abs=1e-10) == found.U.T @ found.U


@pytest.mark.parametrize("k", [0, 7, 4])
def test_more_components_than_the_data_have_are_refused(k):
    with pytest.raises(ValueError, match="k: expected"):
        leading(planted(6, 20, (5.0, 3.0, 1.0))[1], k)
