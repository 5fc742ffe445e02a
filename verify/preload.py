"""What every worker needs, read once by the process that the workers are forked from."""

from verify.ledger import CLAIMS

__all__ = ["CLAIMS"]
