"""From a covariance and a filter, as lists of exact numbers, to what has to be evaluated: spectra of convolutions."""

from collections.abc import Callable

import sympy as sp

from theory.convolution import N as pixels
from theory.convolution import kept, log_share, theta
from theory.formula import Lists, Numbers, Spectral
from theory.one_layer import eta, sigma0, sigmaT, tau
from theory.symbols import symbols

k, r = symbols("k r")
Row = tuple[sp.Rational, ...]


def full_width(lists: Lists, scalars: Numbers) -> Spectral:
    """Return ln of the variance of Fourier mode k: the patch is the whole circle, and the mode its eigenvector.

    Raises:
        ValueError: w0 does not have N entries, or k is no mode.
    """
    lags, w0 = averaged(lists["Sigma"]), lists["w0"]
    if len(w0) != len(lags):
        raise ValueError(f"w0: expected {len(lags)} numbers, the first row of the weight; got {len(w0)}")
    turn = _cosines(len(lags), scalars)
    S, start = (sum((v * turn(j) for j, v in enumerate(row)), sp.S.Zero) for row in (lags, w0))
    return _spectral(sp.ImmutableDenseMatrix([[S]]), (sp.S.One,), (sp.S.One,), (1 - start,), scalars, len(lags))


def patch(lists: Lists, scalars: Numbers) -> Spectral:
    """Return ln of the variance of Fourier mode k for a local filter, w0 by offset -r..r.

    Raises:
        ValueError: the filter has no centre or is wider than the circle, or k is no mode.
    """
    lags, w0 = averaged(lists["Sigma"]), lists["w0"]
    if len(w0) % 2 == 0:
        raise ValueError(f"w0: expected 2r+1 numbers, by offset -r..r; got {len(w0)}")
    matrix, cosines, centre = _patches(lags, len(w0) // 2, scalars)
    missing = tuple(e - v for e, v in zip(centre, w0, strict=True))
    return _spectral(matrix, cosines, centre, missing, scalars, len(lags))


def patch_limit(lists: Lists, scalars: Numbers) -> Spectral:
    """Return ln of the same variance as tau tends to infinity, for the half-width r.

    Raises:
        ValueError: the filter is wider than the circle, or k is no mode.
    """
    matrix, cosines, centre = _patches(averaged(lists["Sigma"]), int(scalars[r]), scalars)
    function = sp.log((theta + sigma0**2) / (theta + sigmaT**2)).xreplace(dict(scalars))
    offset = sp.log(sigmaT**2).xreplace(dict(scalars))
    return Spectral(matrix=matrix, left=cosines, theta=theta, offset=offset, parts=((function, centre),))


def averaged(Sigma: tuple[Row, ...]) -> Row:
    """Return the mean over pixels of the covariance at lag n = 0..N-1 on the circle."""
    n = len(Sigma)
    return tuple(sum((Sigma[i][(i + lag) % n] for i in range(n)), sp.S.Zero) / n for lag in range(n))


def _patches(
    lags: Row, half: int, scalars: Numbers
) -> tuple[sp.ImmutableDenseMatrix, tuple[sp.Expr, ...], tuple[sp.Expr, ...]]:
    """Return the patch covariance, the cosines of the mode over the offsets, and the centre of the patch."""
    N, offsets = len(lags), range(-half, half + 1)
    if len(offsets) > N:
        raise ValueError(f"filter: expected at most {N} taps, the number of pixels; got {len(offsets)}")
    turn = _cosines(N, scalars)
    matrix = sp.ImmutableDenseMatrix([[lags[(b - a) % N] for b in offsets] for a in offsets])
    return matrix, tuple(map(turn, offsets)), tuple(sp.Integer(j == 0) for j in offsets)


def _cosines(N: int, scalars: Numbers) -> Callable[[int], sp.Expr]:
    if scalars[k] >= N:
        raise ValueError(f"k: expected an integer from 0 to {N - 1}, got {scalars[k]}")
    return lambda j: sp.cos(2 * sp.pi * sp.Rational(int(scalars[k]) * j % N, N))


def _spectral(
    matrix: sp.ImmutableDenseMatrix,
    left: tuple[sp.Expr, ...],
    centre: tuple[sp.Expr, ...],
    missing: tuple[sp.Expr, ...],
    scalars: Numbers,
    N: int,
) -> Spectral:
    """Return ln sigma_T^2 + left . [kept(A) centre + exp(-kappa A) missing spread]."""
    at = dict(scalars) | {pixels: sp.Integer(N)}
    decayed = log_share(theta, sp.S.Zero, -sp.S.One)
    return Spectral(
        matrix=matrix,
        left=left,
        theta=theta,
        offset=sp.log(sigmaT**2).xreplace(at),
        parts=((kept(theta).xreplace(at), centre), (decayed.xreplace(at), missing)),
    )


SCALARS = (eta, tau, sigma0, sigmaT, k)
J = sp.Symbol("j", integer=True)


def printed_variance() -> sp.Expr:
    """Return the variance as a sum over the eigenpairs theta_j of the patch covariance."""
    a, b, at = (sp.IndexedBase(name) for name in ("a_k", "b_k", r"\theta"))
    return sigmaT**2 * sp.exp(sp.Sum(log_share(at[J], a[J], b[J]), (J, -r, r)))


def printed_limit() -> sp.Expr:
    """Return the variance after long training as a product over the same eigenpairs."""
    a, at = (sp.IndexedBase(name) for name in ("a_k", r"\theta"))
    return sigmaT**2 * sp.Product(((at[J] + sigma0**2) / (at[J] + sigmaT**2)) ** a[J], (J, -r, r))
