"""What a user can mend is said in one sentence."""


class UsageError(ValueError):
    """Bad usage or input: what was expected, what came, how to mend it. The command line exits with 2."""
