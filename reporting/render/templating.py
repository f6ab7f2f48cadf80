"""The environment of the templates for people: every text is escaped, and what the typefaces cannot print is written out."""

from __future__ import annotations

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reporting.render import fonts
from reporting.resources import folder


def environment() -> ImmutableSandboxedEnvironment:
    """A new environment over templates/; a name that nobody gave stops the rendering."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )


def _printable(value: object) -> object:
    return fonts.printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
