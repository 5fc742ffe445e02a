"""Settings that the paper leaves open, each changed on its own from those of the first variation."""

from dataclasses import asdict, dataclass

from numerics.digit_chain.digits import Preparation
from numerics.digit_chain.noise import READINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """One way to run a chain.

    Args:
        reading: how the noise of different steps is related, one of `READINGS`.
        constant: σ_t / t, in data units.
        scale: of the pixels, "unit" or "symmetric".
        centred: whether the mean of the class is subtracted.
    """

    reading: str = "accumulated"
    constant: float = 0.03
    scale: str = "unit"
    centred: bool = False

    def __post_init__(self) -> None:
        if self.reading not in READINGS or not self.constant > 0:
            raise ValueError(f"variation: expected a reading among {READINGS} and a positive constant, got {self}")

    def prepared(self, source: str) -> Preparation:
        """Return how the digits of `source` are prepared."""
        return Preparation(source=source, scale=self.scale, centred=self.centred)

    def told(self) -> dict[str, object]:
        """Return the parameters by name."""
        return asdict(self)


VARIATIONS = {
    "accumulated": Variation(),
    "fresh": Variation(reading="fresh"),
    "shared": Variation(reading="shared"),
    "weak": Variation(constant=0.01),
    "centred": Variation(centred=True),
    "centred_fresh": Variation(centred=True, reading="fresh"),
    "symmetric": Variation(scale="symmetric", constant=0.06),
}
"""By name: the reading of x_t = x_{t-1} + noise first, then what changes."""
