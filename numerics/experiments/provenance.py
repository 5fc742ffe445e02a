"""Where a result comes from: its settings, the code it ran through, seeds, versions, device and data."""

import ast
import hashlib
import json
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from numerics.experiments.experiment import Settings

ROOT = Path(__file__).parents[2]
LIBRARIES = ("numpy", "torch")
UNSAID = ("ctx", "kind", "type_comment", "type_params", "type_ignores")


def settings_hash(name: str, kind: str, settings: Settings) -> str:
    """Return the digest of what is asked for."""
    return _digest(json.dumps([name, kind, dict(settings)], sort_keys=True))


@cache
def code_hash(module: str) -> str:
    """Return the digest of the code of a module and of all of ours that it imports, without comments and docstrings."""
    return _digest("\n".join(f"{name} {_code(_path(name))}" for name in sorted(reached(module))))


def versions() -> dict[str, str]:
    """Return the versions that the numbers rest on."""
    return {name: version(name) for name in LIBRARIES} | {"python": platform.python_version()}


def reached(module: str) -> set[str]:
    """Return the modules of this package that `module` runs through: all it imports, wherever it imports them."""
    found, open_ = set(), [module]
    while open_:
        name = open_.pop()
        if name not in found and _path(name) is not None:
            found.add(name)
            open_ += _imported(name)
    return found


def _imported(module: str) -> Iterator[str]:
    for node in ast.walk(_tree(_path(module))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _path(module: str) -> Path | None:
    """Return the file of a module of this package, or nothing for anything else."""
    if module.partition(".")[0] != "numerics":
        return None
    place = ROOT.joinpath(*module.split("."))
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.exists()), None)


def _tree(path: Path | None) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8") if path else "")


def _code(path: Path | None) -> str:
    return _told(_tree(path))


def _told(node: object) -> str:
    """Return a syntax tree as a text that no layout, comment, docstring or version of Python changes."""
    if isinstance(node, list):
        return f"[{' '.join(_told(child) for child in node if not _is_docstring(child))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    parts = [f"{name}={_told(value)}" for name, value in ast.iter_fields(node) if name not in UNSAID]
    return f"{type(node).__name__}({' '.join(parts)})"


def _is_docstring(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
