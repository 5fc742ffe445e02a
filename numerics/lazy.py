"""torch is imported when it is first used: it takes seconds, and most commands never train anything."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import Tensor
else:
    Tensor = Any

    class _Torch:
        """Stands for the module until an attribute is asked for."""

        def __getattr__(self, name: str) -> object:
            return getattr(importlib.import_module("torch"), name)

    torch = _Torch()

__all__ = ["Tensor", "torch"]
