"""The kinds of experiments: a kind is a module with `run(settings, run) -> Result`, and one line here."""

KINDS: dict[str, str] = {
    "chain_angles": "numerics.experiments.kinds.chain_angles",
    "chain_digits": "numerics.experiments.kinds.chain_digits",
    "chain_generated": "numerics.experiments.kinds.chain_generated",
    "chain_jacobian": "numerics.experiments.kinds.chain_jacobian",
    "chain_power_iteration": "numerics.experiments.kinds.chain_power_iteration",
    "chain_products": "numerics.experiments.kinds.chain_products",
    "chain_sizes": "numerics.experiments.kinds.chain_sizes",
    "mlp": "numerics.experiments.kinds.mlp",
    "random_walk": "numerics.experiments.kinds.random_walk",
    "unet": "numerics.experiments.kinds.unet",
}
