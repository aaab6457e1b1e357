"""The command line that the scripts of fitted weights share: read, fit, write, show."""

import argparse
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from eval.errors import EvalFailure
from index import IndexFailure

out = Console(highlight=False, soft_wrap=True)


def run_fitting(
    prog: str, about: str, needs: str, output: Path, make: Callable[[Path], dict[str, Any]]
) -> int:
    """Write the weights that `make` gives for the folder of the public sets.

    Args:
        prog: How the script is called.
        about: Its docstring, of which the first paragraph is shown.
        needs: Which sets the folder must hold.
        output: Where the weights go, if the user names no other file.
        make: Returns the weights, the threshold and the figures, given the folder.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog=prog, description=about.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help=f"holds {needs}")
    parser.add_argument("--output", type=Path, default=output)
    arguments = parser.parse_args()
    try:
        written = make(arguments.data)
    except (EvalFailure, IndexFailure) as error:
        Console(stderr=True, soft_wrap=True).print(error, style="red", markup=False)
        return 2
    text = json.dumps(written, indent=2)
    arguments.output.write_text(f"{text}\n", encoding="utf-8")
    out.print_json(text)
    return 0


def today() -> str:
    """Return the day of a fit, ISO 8601."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()
