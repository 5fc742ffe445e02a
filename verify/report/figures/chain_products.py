"""Products of consecutive bases lose their diagonal from high indices on; what the total keeps depends on the noise."""

from verify.report.figures import axes
from verify.report.figures.chains import Row, result, sheet
from verify.report.model import Figure

TITLE = "Products of consecutive bases"
CURVES = ("off_diagonal", "led", "shares")
COMPONENTS, READINGS = 30, ("accumulated", "fresh", "shared")
CAPTION = r"""Counterpart of figure 5: absolute values (black 0, white 1) of $U_\tau^\dagger U_{\tau+1}$ and of
$\prod_{t\le\tau}U_t^\dagger U_{t+1}$ at six times, $\tau=0,3,6,13,32,64$ from left to right, $T=65$, for one class of
the bundled digits and noise that accumulates, is fresh at each step, or is one shared draw; $\sigma_t=0.03\,t$, pixels
in $[0,1]$, no mean subtracted. Fresh and accumulated noise leave the first component, shared noise leaves all. Claims
wdmg.fig5.fresh, wdmg.fig5.accumulated, wdmg.fig5.shared, wdmg.fig5.centred, wdmg.leak.order.digits."""


def draw() -> Figure | None:
    """Return single and partial products under three readings of the noise; nothing if it was not run."""
    found = result("chain_products")
    if found is None or not set(READINGS) <= set(found["variations"]):
        return None
    width = COMPONENTS * len(found["shown"])
    shown = {reading: found["variations"][reading] for reading in READINGS}
    rows = [
        Row(words=f"{reading} noise, {words}", png=one["pictures"][kind], width=width, height=COMPONENTS)
        for reading, one in shown.items()
        for kind, words in (("single", "one step"), ("partial", "all steps so far"))
    ]
    curves = {f"{reading} {name}": one[f"{name}_curve"] for reading, one in shown.items() for name in CURVES}
    values = zip(*curves.values(), strict=True)
    csv = axes.table(("t", *curves), [(float(t), *map(float, row)) for t, row in enumerate(values)])
    return sheet("chain_products", rows, title=TITLE, caption=CAPTION, csv=csv, command="lindiff train chain_products")
