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

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        return _applied(r"\operatorname{Ein}", printer.doprint(self.args[0]), exp)


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

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        return _applied(r"\varphi_1", printer.doprint(self.args[0]), exp)


class phi2(sp.Function):
    """phi2(z) = (exp(z) - 1 - z)/z^2; phi2(0) = 1/2."""

    nargs = 1

    @classmethod
    def eval(cls, z: sp.Expr) -> sp.Expr | None:
        """Return the value at 0."""
        return sp.S.Half if z.is_zero else None

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Return ((z - 2) exp(z) + z + 2)/z^3, which has no value at z = 0 in this form."""
        del argindex
        (z,) = self.args
        return ((z - 2) * sp.exp(z) + z + 2) / z**3

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        return _applied(r"\varphi_2", printer.doprint(self.args[0]), exp)


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

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        return _applied("F_0", printer.doprint(self.args[0]), exp)


def _applied(name: str, argument: str, power: str | None) -> str:
    """Return name(argument) in LaTeX, to a power if there is one."""
    return rf"{name}{'' if power is None else f'^{{{power}}}'}\left({argument}\right)"
