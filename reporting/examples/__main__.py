"""`python -m reporting.examples FILE`: one line per example, the count last; 0 only where all hold, 2 where the file cannot be used."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from reporting.examples.runner import run, told
from reporting.types import InputError


def main(arguments: Sequence[str]) -> int:
    """Run the examples of a file and print what came out."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m reporting.examples FILE. fix: name one file of worked examples\n")
        return 2
    try:
        lines, is_whole = told(run(Path(arguments[0])))
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write("".join(f"{' '.join(line.split())}\n" for line in lines))
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
