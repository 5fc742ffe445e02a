"""A formula of the library at an exact point: one module for each way in which a formula is given."""
