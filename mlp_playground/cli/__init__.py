"""The command line: the window, and the same experiments without one.

Nothing heavy is imported here: `--help` and `--version` answer before NumPy would be loaded.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from mlp_playground.cli.parser import COMMANDS, Parser, WrongUsage
from mlp_playground.errors import InvalidValue

DONE, FAILED, WRONG_ARGUMENT = 0, 1, 2
INNER_COMMAND = "run-script"
"""What the program starts itself with, to run a script that it has made (export/verify.py)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program: 0 when all went well, 2 for a wrong argument, 1 for a failed run."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a pipe may know no dash: a ? is better than an end
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = arguments.pop(0) if arguments and arguments[0] in (*COMMANDS, INNER_COMMAND) else ""
    try:
        return _run(command, arguments)
    except (InvalidValue, WrongUsage) as error:
        result, text = WRONG_ARGUMENT, str(error)
    except OSError as error:
        result, text = FAILED, str(error)
    except KeyboardInterrupt:
        result, text = FAILED, "stopped"
    print(f"mlp-playground {command}".rstrip() + f": {text}", file=sys.stderr)
    return result


def _run(command: str, arguments: list[str]) -> int:
    if command == "train":
        from mlp_playground.cli import train

        return DONE if train.main(arguments) else FAILED
    if command == "export":
        from mlp_playground.cli import code

        if code.is_wanted(arguments):
            code.main(arguments)
            return DONE
        from mlp_playground.cli import export

        export.main(arguments)
        return DONE
    if command == "report":
        from mlp_playground.cli import report

        report.main(arguments)
        return DONE
    if command == INNER_COMMAND:
        from mlp_playground.export.verify import run_script

        run_script(Path(*arguments))
        return DONE
    from mlp_playground.cli import window

    if command == "self-test":
        Parser(command, window.self_test.__doc__ or "").parse_args(arguments)
        return DONE if window.self_test() else FAILED
    return window.main(arguments)
