"""Gradient descent in steps, with and without momentum."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("j", "j", "index of a sum", "1", "integer"),
    quantity("kappa_t", r"\kappa", "training time in units of the learning rate", "1", "nonnegative"),
    quantity("c", "c", "curvature of a loss along a mode", "1", "nonnegative"),
    quantity("beta", r"\beta", "momentum of gradient descent"),
    quantity("r1", "r_1", "first root of the characteristic polynomial of momentum"),
    quantity("r2", "r_2", "second root of the characteristic polynomial of momentum"),
    quantity("v_log", "v", "logarithm of a squared noise level"),
)
