"""The named formulas of denoisers that are learned from samples."""

from theory import noisy_pairs, sample_covariance
from theory.formula import Formula

FORMULAS = (
    Formula(
        name="joint.effective_noise",
        meaning="noise variance at which the ideal denoiser has the mean gains of one learned from samples at s, b "
        "being the variance of the data in every direction, gamma the dimension over the number of samples",
        unit="u^2",
        source="derived here, for large dimension",
        expr=sample_covariance.effective_noise(),
        domain=sample_covariance.NOISY,
        derivation=sample_covariance.DERIVATION,
        step="effective noise",
    ),
    Formula(
        name="joint.pair_gain",
        meaning="gain along a component of eigenvalue lam2 of a denoiser trained for the time a on one noise draw of "
        "variance s for each sample, gamma being the dimension over the number of samples",
        unit="1",
        source="derived here, for large dimension",
        expr=noisy_pairs.gain(),
        domain=noisy_pairs.TRAINED,
        derivation=noisy_pairs.DERIVATION,
        step="gain",
    ),
)
