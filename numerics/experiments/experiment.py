"""An experiment is a declaration: a kind, its settings, smaller quick settings, and what it reproduces."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

FILES = Path(__file__).parent / "files"
REQUIRED = ("name", "kind", "says", "reproduces", "settings")
Size = Literal["full", "quick"]
SIZES: tuple[Size, ...] = ("full", "quick")
Value = bool | int | float | str | list
Settings = Mapping[str, Value]


class BadSetting(ValueError):
    """A declaration or a setting that a user can mend: what was expected, what came."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Experiment:
    """What a declaration says.

    Args:
        name: that of its file.
        kind: which program runs it, a name in `kinds.KINDS`.
        says: one line on what it shows.
        reproduces: figures and sections of the paper.
        settings: at the size of the paper.
        quick: those that differ at the size of a laptop.
    """

    name: str
    kind: str
    says: str
    reproduces: str
    settings: Settings
    quick: Settings = field(default_factory=dict)

    def __post_init__(self) -> None:
        _typed(self.name, self.settings, self.quick)

    def at(self, size: Size, changes: Settings | None = None) -> dict[str, Value]:
        """Return the settings at a size, with `changes`.

        Raises:
            BadSetting: a change names no setting, or is of another type.
        """
        own = dict(self.settings) | (dict(self.quick) if size == "quick" else {})
        return own | _typed(self.name, own, changes or {})


def names() -> list[str]:
    """Return the names of all experiments."""
    return sorted(path.stem for path in FILES.glob("*.toml"))


def load(name: str) -> Experiment:
    """Return the experiment called `name`.

    Raises:
        BadSetting: there is none.
    """
    if name not in names():
        raise BadSetting(f"experiment: expected one of {', '.join(names())}; got {name!r}")
    return parse((FILES / f"{name}.toml").read_text(encoding="utf-8"), name)


def parse(text: str, name: str) -> Experiment:
    """Return the experiment that a TOML text declares.

    Raises:
        BadSetting: it is no TOML, lacks an entry, has one too many, or another name.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise BadSetting(f"{name}: expected TOML, not readable ({cause})") from cause
    if not set(REQUIRED) <= set(told) <= {*REQUIRED, "quick"} or told["name"] != name:
        raise BadSetting(f"{name}: expected its name and {', '.join(REQUIRED[1:])}, perhaps quick; got {list(told)}")
    return Experiment(**told)


def read_value(text: str) -> Value:
    """Return a number, a truth value or a list as TOML writes it; anything else is a text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _typed(name: str, settings: Settings, changes: Settings) -> dict[str, Value]:
    """Return the changes, each of the type of the setting it changes."""
    if unknown := sorted(set(changes) - set(settings)):
        raise BadSetting(f"{name}: expected settings among {', '.join(sorted(settings))}; got {', '.join(unknown)}")
    return {key: _alike(key, settings[key], value) for key, value in changes.items()}


def _alike(key: str, now: Value, new: Value) -> Value:
    """Return the new value, an integer as a float where a float is meant."""
    if type(new) is int and type(now) is float:
        return float(new)
    if type(new) is not type(now):
        raise BadSetting(f"{key}: expected a value like {now!r}, got {new!r}")
    return new
