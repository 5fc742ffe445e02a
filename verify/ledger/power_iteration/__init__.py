"""Claims of "On the relation between linear diffusion and power iteration", a file a section."""
