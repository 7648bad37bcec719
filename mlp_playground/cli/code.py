"""`mlp-playground export FILE --code …`: a saved experiment's network for other programs; neither Qt nor a display."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from mlp_playground.cli.parser import Parser
from mlp_playground.cli.values import one_of
from mlp_playground.cli.wanted import check_target
from mlp_playground.errors import InvalidValue


def is_wanted(arguments: Sequence[str]) -> bool:
    """Whether `export` was asked for code and not for a picture."""
    return any(each == "--code" or each.startswith("--code=") for each in arguments)


def main(arguments: Sequence[str]) -> None:
    """Write a saved experiment's network as code. Raises InvalidValue or OSError."""
    from mlp_playground.export.codes import CODES

    parser = Parser("export", "Write the network of a saved experiment as code, a model or arrays.")
    parser.add_argument("file", help="a saved experiment")
    kinds = "; ".join(f"{each.name}: {each.words}" for each in CODES.values())
    parser.add_argument("--code", required=True, help=f"what to write: {kinds}")
    parser.add_argument("--recipe", action="store_true", help="how it learns, from the start, in place of its weights")
    parser.add_argument("--verify", action="store_true", help="with --code numpy: run it, and compare its answers")
    parser.add_argument("--out", "-o", required=True, help="the file to write")
    found = parser.parse_args(arguments)
    code = CODES[one_of(CODES).of("--code", found.code)]
    if found.verify and code.name != "numpy":
        raise InvalidValue("--verify", "on", "left out, or used with --code numpy")
    check_target("--out", found.out)
    file, out = Path(found.file), Path(found.out)
    if not file.is_file():
        raise InvalidValue("file", str(file), "a saved experiment")
    from mlp_playground.experiment import document
    from mlp_playground.experiment.film import trainer_at
    from mlp_playground.export.subject import Subject
    from mlp_playground.export.verify import verify

    subject = Subject.of_trainer(trainer_at(document.load(file).moment))
    written = code.written(subject, recipe=found.recipe)
    written.save(out)
    print(out)
    if written.beside is not None:
        print(written.path_beside(out))
    if found.verify:
        with tempfile.TemporaryDirectory() as folder:
            print(verify(subject, written, Path(folder), recipe=found.recipe).words)
