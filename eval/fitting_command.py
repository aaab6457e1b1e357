"""The command line that the scripts of fitted weights share: read, fit, write, show."""

import argparse
import datetime
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eval.console import about, fail, out
from eval.errors import EvalFailure, MissingData
from eval.files import replace_file
from index import IndexFailure


def run_fitting(
    prog: str,
    docstring: str | None,
    needs: str,
    output: Path,
    make: Callable[[Path], dict[str, Any]],
) -> int:
    """Write the weights that `make` gives for the folder of the public sets.

    Args:
        prog: How the script is called.
        docstring: The script's own, of which the first paragraph is shown.
        needs: Which sets the folder must hold.
        output: Where the weights go, if the user names no other file.
        make: Returns the weights, the threshold and the figures, given the folder.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog=prog, description=about(docstring))
    parser.add_argument("--data", type=Path, required=True, help=f"holds {needs}")
    parser.add_argument(
        "--output", type=Path, default=output, help="where the weights go (default: %(default)s)"
    )
    arguments = parser.parse_args()
    try:
        _refuse_unwritable(arguments.output)
        text = json.dumps(make(arguments.data), indent=2)
        out.print_json(text)  # before it is written: a fit takes long, and a disk may be full
        replace_file(arguments.output, f"{text}\n")
    except (EvalFailure, IndexFailure) as error:
        fail(str(error))
        return 2
    return 0


def _refuse_unwritable(path: Path) -> None:
    """Refuse, before the fit, a file that could not be written after it.

    Raises:
        MissingData: its folder is not there, or it may not be written.
    """
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise MissingData(f"{path} cannot be written. Name a file in a folder that exists.")


def today() -> str:
    """Return the day of a fit, ISO 8601."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()
