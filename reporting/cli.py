"""The command `ghg`: every verb is a thin wrapper around a function of the same name in Python."""

from __future__ import annotations

import gc
import sys
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from reporting.commands import disclose, entry, evidence, explore, factors, publish, reconcile, restate, sample, sign
from reporting.commands.application import Application, misuse
from reporting.types import InputError, UsageError

app = Application(
    name="ghg", add_completion=False, pretty_exceptions_enable=False,
    help="Greenhouse-gas disclosures that a stranger can re-perform.",
    epilog="Begin with `ghg init my-inventory`, then `ghg build my-inventory`. `ghg COMMAND --help` explains a command.",
)  # fmt: skip
disclose.register(app)
explore.register(app)
entry.register(app)
evidence.register(app)
publish.register(app)
restate.register(app)
reconcile.register(app)
sample.register(app)
sign.register(app)
app.add_typer(factors.app, name="factors", rich_help_panel="Emission factors")


@app.callback(invoke_without_command=True)
def ghg(show_version: Annotated[bool, typer.Option("--version", help="Print the version of this program and exit.")] = False) -> None:
    """Greenhouse-gas disclosures that a stranger can re-perform."""
    if show_version:
        print(f"ghg {version('ghg-reporting')}")  # noqa: T201 - the terminal is this module's output
        raise typer.Exit


def stop(message: str, code: int) -> NoReturn:
    """End with one line on stderr."""
    print(f"ghg: {message}", file=sys.stderr)  # noqa: T201 - the terminal is this module's output
    raise SystemExit(code)


def main() -> None:
    """Run `ghg`: exit codes 0 done, 1 done with findings of severity error or withheld figures, 2 misuse, 3 nothing written."""
    gc.disable()  # a run is short and keeps what it makes: looking for garbage costs a sixth of the time of a PDF
    try:
        raise SystemExit(app(prog_name="ghg", standalone_mode=False) or 0)
    except typer.TyperException as error:
        stop(misuse(error), 2)
    except typer.Abort:
        stop("stopped", 1)
    except UsageError as error:
        stop(str(error), 2)
    except InputError as error:
        stop(str(error), 3)
    except BrokenPipeError:
        raise SystemExit(0) from None
    except OSError as error:
        stop(f"{error.filename or 'output'}: {error.strerror or error}. fix: check the path, its permissions and the free space", 3)
    finally:
        gc.enable()


if __name__ == "__main__":
    main()
