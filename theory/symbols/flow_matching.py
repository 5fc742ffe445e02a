"""Two layers under flow matching."""

from theory.symbols.quantity import quantity

QUANTITIES = (
    quantity("width", "h", "hidden width of a two-layer network", "1", "positive"),
    quantity("Y", "Y", "square of the sum of the two weights of a mode", "1", "positive"),
    quantity("layer", "r", "1 plus the distance from t*, in units of the boundary layer there", "1", "positive"),
    quantity("Y_up", "Y_+", "stable value of Y", "1", "positive"),
    quantity("Y_down", "-Y_-", "unstable value of Y, with its sign changed", "1", "positive"),
    quantity("stretched", "v", "kappa B_t, the place in the boundary layer at t*"),
)
