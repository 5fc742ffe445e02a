"""`lindiff train`: the experiments, one line each, or one of them run with progress."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from numerics.experiments.experiment import BadSetting, Size, Value, load, names, read_value
from numerics.experiments.perform import Asked, perform
from verify.commands.progress import Progress, progress
from verify.errors import UsageError
from verify.recorded import current


def listed() -> str:
    """Return one line for each experiment."""
    width = max(map(len, names()))
    return "\n".join(f"{name:<{width}}  {load(name).says} ({load(name).reproduces})" for name in names())


def trained(name: str, *, size: Size, device: str, out: Path, data: str, changes: Sequence[str]) -> Path:
    """Run the experiment `name` and return the path of its result.

    Raises:
        UsageError: no such experiment, setting, device or data.
    """
    try:
        changed = dict(map(_change, changes)) | ({"data": data} if data else {})
        asked = Asked(experiment=load(name), size=size, changes=changed, device=_device(device), out=out)
        with ExitStack() as stack:
            return perform(asked, _Told(name, stack))
    except BadSetting as error:
        raise UsageError(str(error)) from error


def the_rest(*, size: Size, device: str, out: Path) -> Iterator[tuple[str, bool]]:
    """Run all experiments without a result of this size and code; yield a line on each, and whether it has one now."""
    for name in names():
        if current(out / "experiments", name, size):
            yield f"{name}: up to date", True
            continue
        try:
            yield str(trained(name, size=size, device=device, out=out, data="", changes=())), True
        except UsageError as reason:
            yield f"{name}: left out; {reason}", False


@dataclass(slots=True)
class _Told:
    """Hands progress on; what an earlier process did is not counted, so that the time left is right."""

    title: str
    stack: ExitStack
    shown: Progress | None = None
    last: int = field(default=0)

    def __call__(self, done: int, total: int, what: str) -> None:
        if self.shown is None:
            self.shown, self.last = self.stack.enter_context(progress(total - done + 1, self.title)), done - 1
        for _ in range(done - self.last):
            self.shown.advance(what)
        self.last = done


def _change(text: str) -> tuple[str, Value]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise UsageError(f"set: expected NAME=VALUE, got {text!r}")
    return name, read_value(value)


def _device(asked: str) -> str:
    """Return the device: CUDA where torch sees one, unless the CPU is asked for."""
    if asked == "cpu":
        return asked
    from numerics.lazy import torch

    seen = bool(torch.cuda.is_available())
    if asked == "cuda" and not seen:
        raise UsageError("device: expected cpu or auto, got cuda, and no CUDA device is to be seen")
    return "cuda" if seen else "cpu"
