"""Our own statements on convolutional denoisers: corrections of section 5.2 and appendix G."""

import sympy as sp

from theory import convolution as conv
from theory import one_layer
from theory.circulant import C, c, d, s
from theory.convolution import S, sigma
from theory.domain import domain_of
from theory.matrices import Eigenvector, Expect, Moments, Orthonormal
from theory.one_layer import later, sampled, sigma0, sigmaT
from theory.relation import Both, Identity, MatrixIdentity
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.lanes_network import HALVED_FOURIER
from verify.ledger.spectral_bias.lanes_conv import ODE_VARIANCE, ODE_WEIGHT, SAME_START
from verify.ledger.spectral_bias.section_5_2_full import CONVERGED, PROP, along_fourier, grows, printed_final

x = sp.MatrixSymbol("x", d, 1)
PAIR = (Orthonormal((c, s)), Eigenvector(c, C, S), Eigenvector(s, C, S), Moments(x, sp.ZeroMatrix(d, 1), C))
first, second = c.T * x, s.T * x

CLAIMS = (
    Claim(
        id="our.conv.modes",
        says="the modes k and N - k of a stationary process share one pair of uncorrelated real coordinates, along the "
        "cosines c and the sines s, of the same variance S_k; as complex numbers they are conjugates of each other",
        where="beside Prop. 5.2 of the spectral-bias paper: which modes are independent",
        source="ours",
        relation=Both(
            (
                MatrixIdentity(Expect(first * first.T) + Expect(second * second.T), 2 * S * sp.Identity(1), PAIR),
                MatrixIdentity(Expect(first * first.T), S * sp.Identity(1), PAIR),
                MatrixIdentity(Expect(first * second.T), 0 * sp.Identity(1), PAIR),
            )
        ),
        domain=domain_of((S,)),
        assumes=("stationary covariance C",),
        checks=EXACT,
        slips=(MatrixIdentity(Expect(first * first.T), S * sp.Identity(1), PAIR[1:]),),
        formula=False,
    ),
    Claim(
        id="our.conv.weight",
        says="gamma_k(tau) = gamma_k* + (gamma_k(0) - gamma_k*) e^{-2 N eta (sigma^2 + S_k) tau}",
        where="corrects (10) of the spectral-bias paper",
        source="ours",
        reading="real part",
        relation=grows(conv.response(sigma)),
        domain=conv.TRAINED,
        assumes=PROP,
        derived_in="full-width convolution: weight",
        checks=(*EXACT, ODE_WEIGHT, HALVED_FOURIER),
    ),
    Claim(
        id="our.conv.variance",
        says="the generated variance of a Fourier mode is that of a one-layer mode with lam -> S_k, eta -> N eta, "
        "Q -> Re gamma_k(0); the imaginary part of gamma_k(0) does not enter",
        where="corrects Prop. 5.3 of the spectral-bias paper for filters that are not symmetric",
        source="ours",
        relation=along_fourier(conv.full_width(one_layer.variance())),
        domain=later(conv.SAMPLED),
        assumes=(*PROP, SAME_START),
        derived_in="full-width convolution: variance",
        checks=(*EXACT, ODE_VARIANCE),
    ),
    Claim(
        id="our.conv.converged",
        says="long training generates sigma_T^2 (S_k + sigma_0^2)/(S_k + sigma_T^2) along a Fourier mode, which is S_k "
        "only for S_k = sigma_0 sigma_T: white noise of variance close to sigma_0^2 more, and what sigma_T cuts off less",
        where="corrects section 5.2 of the spectral-bias paper",
        source="ours",
        reading="with the optimal filter at every noise level, which training approaches (derivation: final level)",
        relation=Both(
            (
                sampled(printed_final, conv.optimum(sigma0)),
                Identity(printed_final - S, (sigma0 * sigmaT - S) * (sigma0 * sigmaT + S) / (S + sigmaT**2)),
            )
        ),
        domain=CONVERGED,
        assumes=(*PROP, SAME_START),
        derived_in="full-width convolution: final level",
        checks=EXACT,
    ),
)
