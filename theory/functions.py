"""Entire functions carry exponential and error integrals through tau = 0, where their usual forms have no value."""

import sympy as sp
from sympy.printing.printer import Printer


class Ein(sp.Function):
    """Ein(u) = integral of (1 - exp(-v))/v from 0 to u = ln u + gamma - Ei(-u) for u > 0; Ein(0) = 0."""

    nargs = 1

    @classmethod
    def eval(cls, u: sp.Expr) -> sp.Expr | None:
        """Return the value at 0."""
        return sp.S.Zero if u.is_zero else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Return (1 - exp(-u))/u."""
        del argindex
        return phi1(-self.args[0])

    def _latex(self, printer: Printer) -> str:
        return rf"\operatorname{{Ein}}\left({printer.doprint(self.args[0])}\right)"


class phi1(sp.Function):
    """phi1(z) = (exp(z) - 1)/z; phi1(0) = 1."""

    nargs = 1

    @classmethod
    def eval(cls, z: sp.Expr) -> sp.Expr | None:
        """Return the value at 0."""
        return sp.S.One if z.is_zero else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Return ((z - 1) exp(z) + 1)/z^2, which has no value at z = 0 in this form."""
        del argindex
        (z,) = self.args
        return ((z - 1) * sp.exp(z) + 1) / z**2

    def _latex(self, printer: Printer) -> str:
        return rf"\varphi_1\left({printer.doprint(self.args[0])}\right)"


class boys(sp.Function):
    """boys(u) = integral of exp(-u v^2) over v from 0 to 1 = sqrt(pi/u) erf(sqrt(u))/2 for u > 0; boys(0) = 1."""

    nargs = 1

    @classmethod
    def eval(cls, u: sp.Expr) -> sp.Expr | None:
        """Return the value at 0."""
        return sp.S.One if u.is_zero else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Return (exp(-u) - boys(u))/(2 u), which has no value at u = 0 in this form."""
        del argindex
        (u,) = self.args
        return (sp.exp(-u) - self) / (2 * u)

    def _eval_rewrite_as_erf(self, u: sp.Expr, **hints: object) -> sp.Expr:
        del hints
        return sp.sqrt(sp.pi / u) * sp.erf(sp.sqrt(u)) / 2

    def _latex(self, printer: Printer) -> str:
        return rf"F_0\left({printer.doprint(self.args[0])}\right)"
