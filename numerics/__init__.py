"""Ground truth without formulas: losses, gradient flows, samplers, spectra and data, measured from the definitions."""
