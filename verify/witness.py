"""A witness as plain text, in one form whichever lane found it: the point, and the ball of the residual there."""

from flint import arb

from verify.kernel import Witness


def plain(witness: Witness) -> dict[str, object]:
    """Return the point by name and the residual as midpoint +/- radius."""
    middle, radius = witness.value
    return {"point": dict(witness.point), "residual": f"{middle} +/- {radius}", "of": witness.what}


def text(value: arb) -> str:
    """Return a ball as midpoint +/- radius."""
    return f"{value.mid().str(30, radius=False)} +/- {value.rad().str(5, radius=False)}"
