"""The command `ghg`: every verb is a thin wrapper around a function of the same name in Python."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn

import typer

from reporting.commands import disclose, entry, evidence, explore, factors, publish, reconcile, restate, sample, sign
from reporting.types import InputError, UsageError

app = typer.Typer(
    name="ghg", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich",
    help="Greenhouse-gas disclosures that a stranger can re-perform.",
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
app.add_typer(factors.app, name="factors")


def stop(message: str, code: int) -> NoReturn:
    """End with one line on stderr."""
    print(f"ghg: {message}", file=sys.stderr)  # noqa: T201 - the terminal is this module's output
    raise SystemExit(code)


def main() -> None:
    """Run `ghg`: exit codes 0 done, 1 done with findings of severity error or withheld figures, 2 misuse, 3 nothing written."""
    gc.disable()  # a run is short and keeps what it makes: looking for garbage costs a sixth of the time of a PDF
    try:
        app()
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
