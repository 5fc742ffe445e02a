"""Claims of "An Analytical Theory of Spectral Bias in the Learning Dynamics of Diffusion Models", a file a section."""
