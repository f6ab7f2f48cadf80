"""The shape of the command: verbs in the order of the work, help without noise, and a wrong call answered in one line."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, TypeVar

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from reporting.types import UsageError

PANELS = {
    "Make a disclosure": ("init", "template", "check", "build", "coverage", "calculate"),
    "Follow a figure": ("trace", "why-not", "rows", "reconcile", "diff"),
    "Emission factors": ("factors",),
    "Publish and prove": (
        "publish", "versions", "signoff", "close", "reopen", "restore", "sign", "signatures", "sample", "pack", "verify",
    ),
}  # fmt: skip
ORDER = [verb for verbs in PANELS.values() for verb in verbs]
DAY = ("does not match the formats '%Y-%m-%d'", "is no day written as 2026-01-31")
WORDS = {
    "<str>": "<text>", "<int>": "<number>", "<int range>": "<number>", "<%Y-%m-%d>": "<day>", "<list[str]>": "<text> ...",
    "<list[Path]>": "<path> ...",
}  # fmt: skip
F = TypeVar("F", bound=Callable[..., Any])


class Verb(TyperCommand):
    """A verb whose help shows arguments in capitals and no type beside a flag."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - typer keeps the type of a context to itself
        """The arguments and options of the verb."""
        return plain_parameters(ctx, super().get_params(ctx))


class Verbs(TyperGroup):
    """Several verbs, in the order of the work; an unknown one is named with its nearest."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 - as above
        """The options of the group."""
        return plain_parameters(ctx, super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - as above
        """The names of the verbs."""
        known = super().list_commands(ctx)
        return [*(name for name in ORDER if name in known), *(name for name in known if name not in ORDER)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Read the call; without a verb the help is all that there is to say, and the call a misuse."""
        if not args:
            ctx.get_help()
            raise typer.Exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """The verb that a call names; raises UsageError for one that is not there."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise UsageError(f'unknown command "{ctx.command_path} {args[0]}". {instead(ctx.find_root().command, args[0])}')
        return super().resolve_command(ctx, args)


class Application(typer.Typer):
    """A Typer whose verbs are of this shape."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - what Typer takes
        """Take the settings of a Typer."""
        super().__init__(cls=Verbs, rich_markup_mode="rich", **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[F], F]:  # noqa: ANN401 - what Typer takes
        """Add a verb: its help begins with what it does, which alone stands in the list of verbs."""

        def add(function: F) -> F:
            first = (function.__doc__ or "").split(";")[0].split(" (")[0].rstrip(".")
            panel = next((title for title, verbs in PANELS.items() if name in verbs), None) if self.info.name == "ghg" else None
            return super(Application, self).command(name, cls=Verb, short_help=first, rich_help_panel=panel, **settings)(function)

        return add


def plain_parameters(context: Any, parameters: list[Any]) -> list[Any]:  # noqa: ANN401 - as above
    """Arguments in capitals, as their help and messages name them; flags without a type, other options with one in words."""
    for parameter in parameters:
        if isinstance(parameter, TyperArgument) and parameter.metavar is None:
            parameter.metavar = str(parameter.name).upper()
        elif isinstance(parameter, TyperOption) and parameter.is_flag:
            parameter.metavar = ""
        elif isinstance(parameter, TyperOption) and parameter.metavar is None:
            parameter.metavar = WORDS.get(parameter.display_type(context))
    return parameters


def instead(root: Any, wanted: str) -> str:  # noqa: ANN401 - typer keeps the type of a command to itself
    """What may have been meant by an unknown verb: one of the same name elsewhere, else those spelt most like it."""
    whole = {name: f"ghg {name}" for name in root.commands}
    for name, command in root.commands.items():
        whole |= {part: f"ghg {name} {part}" for part in getattr(command, "commands", {}) if part not in whole}
    near = [whole[name] for name in ([wanted] if wanted in whole else get_close_matches(wanted, whole, 2))]
    return f"did you mean {' or '.join(near)}?" if near else "fix: `ghg --help` lists the commands"


def misuse(error: Any) -> str:  # noqa: ANN401 - a typer.TyperException, whose kinds typer keeps to itself
    """A call that cannot be read, in one line: what is wrong with it and how it is written."""
    context = getattr(error, "ctx", None)
    if context is None:
        return f"{error.format_message()} fix: `ghg --help` lists the commands"
    path, command = context.command_path, context.command
    name = path.removeprefix("ghg ")
    needed = [f"{option.opts[0]} {option.metavar}" for option in command.params if isinstance(option, TyperOption) and option.required]
    usage = " ".join([*context.get_usage().removeprefix("Usage: ").split(), *needed])
    if hasattr(error, "possibilities"):
        options = [name for parameter in command.params for name in parameter.opts if name.startswith("-")]
        near = get_close_matches(error.option_name, options, 1)
        return f"{name} has no option {error.option_name}. " + (
            f"did you mean {near[0]}?" if near else f"fix: `{path} --help` lists its options"
        )
    if hasattr(error, "param_type"):
        missing = error.param.opts[0] if isinstance(error.param, TyperOption) else error.param.display_name_raw
        return f"{name} needs {missing}. fix: {usage}; `{path} --help` explains"
    message = error.format_message().rstrip(".").replace("Value error, ", "").replace(*DAY)
    return f"{name}: {message[:1].lower()}{message[1:]}. fix: {usage}; `{path} --help` explains"
