"""The command line: one function a command, its docstring is the help text.

Exit codes: 0 all holds, 1 refuted, 2 bad usage or input, 3 undecided, 4 error or conflict.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from verify.errors import UsageError

app = typer.Typer(
    name="lindiff",
    help="A referee for the theory of linear diffusion models.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Out = Annotated[Path, typer.Option(help="Folder of the store, the verdicts and the report.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Claim ids; * and ? match.", metavar="[ID-GLOB]...")]
REPORTS = Path("reports")


@app.command()
def verify(
    ids: Ids = None,
    lane: Annotated[str, typer.Option(help="Only these lanes, comma-separated.")] = "",
    budget: Annotated[Literal["quick", "full"], typer.Option(help="How many points each lane tries.")] = "quick",
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes.")] = os.cpu_count() or 1,
    engine: Annotated[str, typer.Option(help="local or dask:ADDRESS.")] = "local",
    out: Out = REPORTS,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget stored evidence first.")] = False,
) -> None:
    """Judge claims, write verdicts.json and the report; resumes from the store."""
    from verify.commands.session import Request, run_once

    request = Request(ids=tuple(ids or ()), lanes=lane, budget=budget, jobs=jobs, engine=engine, out=out, fresh=fresh)
    raise typer.Exit(run_once(request))


@app.command("list")
def list_(
    verdict: Annotated[str, typer.Option(help="Only claims with this verdict.")] = "",
    origin: Annotated[str, typer.Option(help="Only claims of this origin.")] = "",
    out: Out = REPORTS,
) -> None:
    """List the claims of the ledger with their stored verdicts."""
    from verify.commands.views import listed

    typer.echo(listed(out, verdict=verdict, origin=origin))


@app.command()
def show(id: Annotated[str, typer.Argument(help="A claim id.")], out: Out = REPORTS) -> None:
    """Show one claim: statement, derivation, evidence."""
    from verify.commands.views import shown

    typer.echo(shown(id, out))


@app.command()
def derive(
    formula: Annotated[str, typer.Argument(help="A formula, such as one_layer.variance.")],
    latex: Annotated[bool, typer.Option("--latex", help="Print a LaTeX document.")] = False,
) -> None:
    """Derive a formula from the loss, step by step; the kernel checks every step again."""
    from verify.commands.views import derived

    text, code = derived(formula, latex=latex)
    typer.echo(text)
    raise typer.Exit(code)


@app.command("eval")
def eval_(
    formula: Annotated[str, typer.Argument(help="A formula, such as one_layer.variance.")] = "",
    parameters: Annotated[list[str] | None, typer.Argument(metavar="[NAME=VALUE]...")] = None,
    digits: Annotated[int, typer.Option(min=1, max=1000, help="Significant digits.")] = 15,
    as_json: AsJson = False,
    batch: Annotated[Path | None, typer.Option(help="A JSON list of {formula, params}.")] = None,
) -> None:
    """Evaluate a formula with a rigorous error bound."""
    from verify.evaluation.evaluate import evaluate, evaluate_batch, parameters_of

    if batch is not None:
        typer.echo(json.dumps(evaluate_batch(batch, digits), indent=1))
        return
    found = evaluate(formula, parameters_of(parameters or []), digits)
    record = {"formula": formula, "value": found.value, "error": found.error}
    typer.echo(json.dumps(record) if as_json else f"{found.value} +/- {found.error}")


@app.command()
def train(
    experiment: Annotated[str, typer.Argument(help="An experiment; none lists them all.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="At the size of a laptop.")] = False,
    device: Annotated[Literal["auto", "cpu", "cuda"], typer.Option(help="Where to compute.")] = "auto",
    out: Out = REPORTS,
    data: Annotated[str, typer.Option(help="Data to train on: a name, or a path.")] = "",
    changes: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Change a setting.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Run all that have no result of this size and code.")] = False,
) -> None:
    """Run an experiment; killed, the same command goes on. Without a name: list the experiments."""
    from verify.commands.training import listed, the_rest, trained

    size: Literal["full", "quick"] = "quick" if quick else "full"
    if every:
        if experiment or data or changes:
            raise UsageError("train: expected --all alone, with --quick, --device or --out; leave out the rest")
        raise typer.Exit(_told(the_rest(size=size, device=device, out=out)))
    if not experiment:
        typer.echo(listed())
        return
    typer.echo(trained(experiment, size=size, device=device, out=out, data=data, changes=tuple(changes or ())))


def _told(lines: Iterable[tuple[str, bool]]) -> int:
    """Print lines as they come; return 2 if one of them is bad."""
    bad = 0
    for line, good in lines:
        typer.echo(line)
        bad += not good
    return 2 if bad else 0


@app.command()
def report(out: Out = REPORTS) -> None:
    """Render the stored evidence again, without judging anything."""
    from verify.commands.session import Request, render_again

    typer.echo(render_again(Request(out=out)))


@app.command()
def export(
    form: Annotated[Literal["latex"], typer.Argument(help="What to export to.")],
    formulas: Annotated[list[str] | None, typer.Argument(metavar="[FORMULA]...")] = None,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("out"),
) -> None:
    """Export formulas and derivations; each LaTeX document is compiled if pdflatex is there."""
    from verify.commands.views import exported

    del form
    text, code = exported(tuple(formulas or ()), out)
    typer.echo(text)
    raise typer.Exit(code)


def main() -> NoReturn:
    """Run the command line; bad input ends with one sentence and exit code 2."""
    try:
        app()
    except UsageError as error:
        _quit(f"lindiff: {error}", 2)
    except ArithmeticError as error:
        _quit(f"lindiff: undecided: {error}", 3)
    except KeyboardInterrupt:
        _quit("lindiff: interrupted; what was finished is stored, run the same command again to go on", 130)
    sys.exit(0)


def _quit(text: str, code: int) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
