"""The named formulas of convolutional denoisers."""

import sympy as sp

from theory import convolution, filters
from theory import one_layer as one
from theory.domain import domain_of
from theory.formula import Formula, OnLists

UNIT_RATE = {"eta": sp.S.One}

FORMULAS = (
    Formula(
        name="full_conv.variance",
        meaning="variance generated along Fourier vector k by a full-width filter; w0 is the first row of W",
        unit="u^2",
        source="spectral-bias paper, Prop. 5.3",
        expr=OnLists(
            lists=(("Sigma", "covariance"), ("w0", "vector")),
            reads=filters.full_width,
            shown=convolution.full_width(one.variance()),
        ),
        domain=domain_of(filters.SCALARS).where(one.sigma0 < one.sigmaT),
        derivation=convolution.FULL,
        step="variance",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="patch.variance",
        meaning="variance generated along Fourier vector k by a local filter, w0 by offset -r..r",
        unit="u^2",
        source="derived here from Prop. 5.4 of the spectral-bias paper",
        expr=OnLists(
            lists=(("Sigma", "covariance"), ("w0", "vector")),
            reads=filters.patch,
            shown=filters.printed_variance(),
        ),
        domain=domain_of(filters.SCALARS).where(one.sigma0 < one.sigmaT),
        derivation=convolution.LOCAL,
        step="entire form",
        defaults=UNIT_RATE,
    ),
    Formula(
        name="patch.limit",
        meaning="variance generated along Fourier vector k by a local filter of half-width r after long training",
        unit="u^2",
        source="derived here from Prop. 5.4 of the spectral-bias paper",
        expr=OnLists(lists=(("Sigma", "covariance"),), reads=filters.patch_limit, shown=filters.printed_limit()),
        domain=domain_of((filters.r, one.sigma0, one.sigmaT, filters.k)).where(one.sigma0 < one.sigmaT),
        derivation=convolution.LOCAL,
        step="final level",
    ),
)
