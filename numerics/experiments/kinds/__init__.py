"""The kinds of experiments: a kind is a module with `run(settings, run) -> Result`, and one line here."""

KINDS: dict[str, str] = {
    "network": "numerics.experiments.kinds.network",
    "random_walk": "numerics.experiments.kinds.random_walk",
}
