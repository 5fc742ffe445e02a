"""Our own statements on emergence times of convolutional weights, on images and on several channels."""

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from numerics.convolution import scenes
from theory.circulant import PATCHES, K, M, N, Sigma_patch, d, eta, filter_after, filter_flow, n, p, sigma, tau
from theory.convolution import S, gam_re, theta
from theory.domain import domain_of
from theory.matrices import (
    Expect,
    Grad,
    Inv,
    MatrixExp,
    PositiveSemidefinite,
    norm2,
)
from theory.relation import Identity, Inequality, MatrixIdentity, MatrixSolves
from theory.symbols import symbols
from verify.checks.matrices import Matrices
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, FLOW, FULL, LOCAL

e, wstar, tap0, sigma1, sigma2 = symbols("e w tap0 sigma1 sigma2")
C = sp.MatrixSymbol("C", d, d)
W, W0, W_tau, E0 = (sp.MatrixSymbol(name, K, e) for name in ("W", "W0", "W_tau", "E0"))
bank_loss = N * Expect(norm2(W.T * (p + sigma * n) - E0.T * p))
bank_optimum = Inv(M) * Sigma_patch * E0
speed = 2 * N * eta * (theta + sigma**2)
logistic_speed = 8 * N * eta * S
MEANS = {
    "harmonic": 2 * gam_re * wstar / (gam_re + wstar),
    "geometric": sp.sqrt(gam_re * wstar),
    "arithmetic": (gam_re + wstar) / 2,
}
LINEAR = {
    "harmonic": sp.log(1 + gam_re / wstar),
    "geometric": sp.log(1 + sp.sqrt(gam_re / wstar)),
    "arithmetic": sp.log(2),
}
SIGMOID = {
    "harmonic": sp.log(2),
    "geometric": sp.log(1 + sp.sqrt(wstar / gam_re)),
    "arithmetic": sp.log(1 + wstar / gam_re),
}
POSITIVE = (gam_re > 0, wstar > 0)


def linear(time: sp.Expr) -> sp.Expr:
    """Return the coordinate of a filter along a patch mode (or a Fourier mode) at a training time."""
    return wstar + (gam_re - wstar) * sp.exp(-speed * time)


def sigmoid(time: sp.Expr) -> sp.Expr:
    """Return gamma_k of Circ(w) Circ(w)^T at a training time."""
    return wstar / (1 + (wstar / gam_re - 1) * sp.exp(-logistic_speed * time))


def bank(solution: sp.MatrixExpr) -> MatrixSolves:
    """Return that `solution` is the transposed filter bank in gradient flow from W0."""
    return MatrixSolves(
        solution=solution,
        var=tau,
        unknown=W_tau,
        rate=-2 * N * eta * (M * W_tau - Sigma_patch * E0),
        at=((tau, sp.S.Zero),),
        start=W0,
        given=PATCHES,
    )


def learned(speed: sp.Expr = 2 * N * eta) -> sp.MatrixExpr:
    """Return the transposed filter bank after training time tau."""
    return bank_optimum + MatrixExp(-speed * tau * M) * (W0 - bank_optimum)


def symbol_at(noise: int) -> sp.Matrix:
    """Return the symbol at zero frequency of the optimal filters of three taps and two channels, noise level given.

    The lags of the data are 2 I, diag(1/2, 0) and tap0 [[0, 1], [1, 0]]/4, all symmetric.
    """
    half = sp.Rational(1, 2)
    lags = (sp.diag(2, 2), sp.diag(half, 0), tap0 / 4 * sp.Matrix([[0, 1], [1, 0]]))
    patch = sp.Matrix(sp.BlockMatrix([[lags[abs(a - b)] for b in range(3)] for a in range(3)]))
    inverse = DomainMatrix.from_Matrix(patch + noise**2 * sp.eye(6)).to_field().inv().to_Matrix()
    filters = inverse * patch[:, 2:4]
    return sum((filters[2 * j : 2 * j + 2, :] for j in range(3)), sp.zeros(2, 2))


def shrunk(sigma: sp.Expr) -> sp.MatrixExpr:
    """Return the symbol of the optimal full-width filters, C (C + sigma^2 I)^-1."""
    return C * Inv(C + sigma**2 * sp.Identity(d))


CHANNELS = (PositiveSemidefinite(C),)


def commutator() -> sp.Expr:
    """Return the upper right entry of the commutator of the symbols at the noise levels 1 and 2."""
    one, two = symbol_at(1).T, symbol_at(2).T
    return sp.factor((one * two - two * one)[0, 1])


CLAIMS = (
    *(
        Claim(
            id=f"our.emergence.conv.{mean}",
            says="filter weights pass the "
            f"{mean} mean of their initial and final value at the one-layer time with eta -> N eta and, full width, lam -> "
            "S_k; patch: M -> theta_j + sigma^2, Q -> v_j.w_0, w* -> v_j.w*",
            where="beyond Prop. 5.3 and Prop. 5.4 of the spectral-bias paper",
            source="ours",
            reading="theta the eigenvalue, gam_re the initial and w the final value along the mode, both positive",
            relation=Identity(MEANS[mean], linear(LINEAR[mean] / speed)),
            domain=domain_of((gam_re, wstar, theta, sigma, N, eta)).where(*POSITIVE),
            assumes=(CIRCULAR, FLOW),
            checks=EXACT,
        )
        for mean in MEANS
    ),
    *(
        Claim(
            id=f"our.emergence.conv.two_layer.{mean}",
            says=f"Circ(w) Circ(w)^T passes the {mean} mean of its initial and final value at the symmetric two-layer time "
            "with eta -> N eta, lam -> S_k",
            where="beyond section 5.2 of the spectral-bias paper",
            source="ours",
            reading="gam_re the initial and w the final value of gamma_k, both positive",
            relation=Identity(MEANS[mean], sigmoid(SIGMOID[mean] / logistic_speed)),
            domain=domain_of((gam_re, wstar, S, N, eta)).where(*POSITIVE, S > 0),
            assumes=(CIRCULAR, FULL, FLOW),
            checks=EXACT,
        )
        for mean in MEANS
    ),
    Claim(
        id="our.conv.two_d",
        says="in two dimensions the laws of the filter hold with N -> N_1 N_2 and patches of the image",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="the filter after training time tau, any number of pixels N and taps K, measured for 3 x 3 taps",
        relation=filter_flow(filter_after()),
        domain=domain_of((sigma, N, eta, tau)),
        assumes=("linear convolution of an image, circular in both directions", FLOW),
        derived_in="circulant: filter",
        checks=(KERNEL, Matrices(scene=scenes.filters_2d, scenes=2)),
    ),
    Claim(
        id="our.multichannel.patch_weight",
        says="several channels: W(tau) = W* + (W_0 - W*) e^{-2 N eta tau (sigma^2 I + Sigma_patch)}, W*^T = (sigma^2 I + "
        "Sigma_patch)^-1 Sigma_patch E_0, E_0 selects the centre pixel",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        reading="transposed: a column for each channel of the output, any number of taps and channels",
        relation=bank(learned()),
        domain=domain_of((sigma, N, eta, tau)),
        assumes=(CIRCULAR, FLOW),
        checks=(KERNEL, Matrices(scene=scenes.filters_of_channels, scenes=2)),
        slips=(bank(learned(2 * eta)),),
    ),
    Claim(
        id="our.multichannel.patch_weight.gradient",
        says="the gradient of the loss of several channels is 2 N [(sigma^2 I + Sigma_patch) W^T - Sigma_patch E_0]",
        where="beyond Prop. 5.4 of the spectral-bias paper",
        source="ours",
        relation=MatrixIdentity(Grad(bank_loss, W), 2 * N * (M * W - Sigma_patch * E0), PATCHES),
        domain=domain_of((sigma, N)),
        assumes=(CIRCULAR,),
        checks=(KERNEL,),
    ),
    Claim(
        id="our.multichannel.noncommuting",
        says="in general the C x C symbols at different sigma do not commute, so that the sampling ODE has no mode-wise "
        "exponential",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="there are data of two channels for which the symbols of the optimal filters of three taps at zero "
        "frequency do not commute for sigma = 1 and 2",
        relation=Inequality(commutator() ** 2, ">", sp.S.Zero, some=True),
        domain=domain_of((tap0,)).within(tap0=("-1", "1")),
        assumes=(CIRCULAR, LOCAL),
        checks=(KERNEL,),
        formula=False,
        slips=(Inequality(commutator().xreplace({tap0: sp.S.Zero}) ** 2, ">", sp.S.Zero, some=True),),
    ),
    Claim(
        id="our.multichannel.commuting",
        says="for full width at the optimum the symbols commute",
        where="beyond section 5.2 of the spectral-bias paper",
        source="ours",
        reading="C the covariance of the channels of a Fourier mode, of any size: C (C + sigma^2 I)^-1 at two noise levels",
        relation=MatrixIdentity(shrunk(sigma1) * shrunk(sigma2), shrunk(sigma2) * shrunk(sigma1), CHANNELS),
        domain=domain_of((sigma1, sigma2)),
        assumes=(CIRCULAR, FULL),
        checks=(KERNEL,),
        formula=False,
        slips=(MatrixIdentity(shrunk(sigma1) * shrunk(sigma2), shrunk(sigma1), CHANNELS),),
    ),
)
