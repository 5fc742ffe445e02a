"""Appendix G.4: the Fourier coefficients of a local filter."""

import sympy as sp

from theory import cyclic
from theory.domain import domain_of
from theory.relation import Both, Identity
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT, KERNEL
from verify.ledger.spectral_bias.lanes_conv import CIRCULAR, LOCAL

TAPS = cyclic.taps(6)
tap0, tap1, tap2, tap3, tap4 = (TAPS[j] for j in range(5))
(half,) = symbols("tan_half")
co, si = (1 - half**2) / (1 + half**2), 2 * half / (1 + half**2)
THREE, FIVE = {-1: tap0, 0: tap1, 1: tap2}, {-2: tap0, -1: tap1, 0: tap2, 1: tap3, 2: tap4}
SUBSPACE = (
    "gamma_k = sum_{|j| <= r} w_j e^{-i omega_k j}: with a local filter gamma will be constrained in a lower dimensional "
    "space; the small kernel size mandates that the spectral view of it cannot vary very fast! ... just sine and cosine "
    "waves"
)
KEY = (
    "gamma_k = w_0 + 2 sum_{j=1}^r w_j cos j omega_k; key integral int_{sigma_0}^{sigma_T} (gamma_k(s) - 1)/s ds; it's "
    "integrating these sinusoidal modulations in the frequency domain"
)

CLAIMS = (
    Claim(
        id="wp.G.4.subspace.dimension",
        says=SUBSPACE,
        where="G.4",
        source="as printed",
        reading="three taps on six pixels: the six coefficients obey linear relations, as sum_k gamma_k cos(2 omega_k) = 0 "
        "and sum_k gamma_k cos(3 omega_k) = 0 (real parts), three real numbers being left",
        relation=Both(
            tuple(
                Identity(sum(cyclic.coefficient(6, k, THREE)[0] * sp.cos(sp.pi * k * n / 3) for k in range(6)), value)
                for n, value in ((2, sp.S.Zero), (3, sp.S.Zero), (0, 6 * tap1), (1, 3 * (tap0 + tap2)))
            )
        ),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=(CIRCULAR, LOCAL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.subspace.sum",
        says=SUBSPACE,
        where="G.4",
        source="as printed",
        reading="five taps on six pixels, k = 1: the real and the imaginary part of gamma_k, as the product of W with the "
        "first pixel of the Fourier vector",
        relation=Both(
            (
                Identity(
                    (cyclic.weight(6, FIVE) * cyclic.fourier(6)[0][:, 1])[0] * sp.sqrt(6),
                    tap2 + (tap1 + tap3) * sp.cos(sp.pi / 3) + (tap0 + tap4) * sp.cos(2 * sp.pi / 3),
                ),
                Identity(
                    (cyclic.weight(6, FIVE) * cyclic.fourier(6)[1][:, 1])[0] * sp.sqrt(6),
                    (tap1 - tap3) * sp.sin(sp.pi / 3) + (tap0 - tap4) * sp.sin(2 * sp.pi / 3),
                ),
            )
        ),
        domain=domain_of((tap0, tap1, tap2, tap3, tap4)),
        assumes=(CIRCULAR, LOCAL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.kernel3",
        says="K = 3: gamma_k = w_0 + (w_1 + w_-1) cos omega_k - i (w_1 - w_-1) sin omega_k: a DC and a cosine and sine "
        "component",
        where="G.4",
        source="reconstructed",
        reading="as a trigonometric identity: w_-1 e^{i omega} + w_0 + w_1 e^{-i omega} times its complex conjugate, "
        "for any angle (cos and sin through the tangent of its half), is the modulus squared of the printed form",
        relation=Identity(
            tap0**2 + tap1**2 + tap2**2 + 2 * tap1 * (tap0 + tap2) * co + 2 * tap0 * tap2 * (co**2 - si**2),
            (tap1 + (tap2 + tap0) * co) ** 2 + ((tap2 - tap0) * si) ** 2,
        ),
        domain=domain_of((tap0, tap1, tap2, half)),
        assumes=(CIRCULAR, LOCAL),
        checks=(KERNEL,),
    ),
    Claim(
        id="wp.G.4.kernel3.parts",
        says="K = 3: gamma_k = w_0 + (w_1 + w_-1) cos omega_k - i (w_1 - w_-1) sin omega_k: a DC and a cosine and sine "
        "component",
        where="G.4",
        source="reconstructed",
        reading="six pixels, k = 1: W applied to the Fourier vector, real and imaginary part of the first pixel",
        relation=Both(
            tuple(
                Identity((cyclic.weight(6, THREE) * cyclic.fourier(6)[part][:, k])[0] * sp.sqrt(6), value)
                for k in (1, 2)
                for part, value in (
                    (0, tap1 + (tap2 + tap0) * sp.cos(sp.pi * k / 3)),
                    (1, -(tap2 - tap0) * sp.sin(sp.pi * k / 3)),
                )
            )
        ),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=(CIRCULAR, LOCAL),
        checks=EXACT,
    ),
    Claim(
        id="wp.G.4.2",
        says=KEY,
        where="G.4.2",
        source="as printed",
        reading="five symmetric taps on six pixels, k = 1 and 2: W applied to the Fourier vector; the integral of the sum is "
        "the sum of the integrals",
        relation=Both(
            tuple(
                Identity(
                    (cyclic.weight(6, {-2: tap2, -1: tap1, 0: tap0, 1: tap1, 2: tap2}) * cyclic.fourier(6)[0][:, k])[0]
                    * sp.sqrt(6),
                    tap0 + 2 * tap1 * sp.cos(sp.pi * k / 3) + 2 * tap2 * sp.cos(2 * sp.pi * k / 3),
                )
                for k in (1, 2)
            )
        ),
        domain=domain_of((tap0, tap1, tap2)),
        assumes=("symmetric filter weights", CIRCULAR),
        checks=EXACT,
    ),
)
