"""The command line: the window, and the same experiments without one."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from mlp_playground import __version__
from mlp_playground.errors import InvalidValue

if TYPE_CHECKING:
    from mlp_playground.experiment.config import ExperimentConfig
    from mlp_playground.experiment.trainer import Trainer

COMMANDS = ("train", "render", "self-test")
FAILED, WRONG_ARGUMENT = 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program: 0 when all went well, 2 for a wrong argument, 1 for a failed run."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    try:
        if command == "train":
            return _train(_train_parser().parse_args(arguments[1:]))
        if command == "render":
            return _render(_render_parser().parse_args(arguments[1:]))
        if command == "self-test":
            argparse.ArgumentParser("mlp-playground self-test", description=_self_test.__doc__).parse_args(
                arguments[1:]
            )
            return _self_test()
        return _window(_window_parser().parse_args(arguments).file)
    except InvalidValue as error:
        print(f"mlp-playground {command}".rstrip() + f": {error}", file=sys.stderr)
        return WRONG_ARGUMENT
    except OSError as error:
        print(f"mlp-playground {command}".rstrip() + f": {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return FAILED


# -- the window -------------------------------------------------------------------------------------------------------


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "mlp-playground",
        description="Build a multi-layer perceptron by clicking and watch it bend space.",
        epilog="Without a window: mlp-playground train …, render …, self-test; each has its own --help.",
    )
    parser.add_argument("file", nargs="?", type=Path, help="a saved experiment to open")
    parser.add_argument("--version", action="version", version=f"mlp-playground {__version__}")
    return parser


def _window(file: Path | None) -> int:
    if file is not None and not file.is_file():
        raise InvalidValue("file", str(file), "a saved experiment, or one of the commands " + ", ".join(COMMANDS))
    if not _has_display():
        return _without_display(file)
    from mlp_playground.app.main import run

    return run(file)


def _has_display() -> bool:
    if not sys.platform.startswith("linux") or "QT_QPA_PLATFORM" in os.environ:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_display(file: Path | None) -> int:
    """Where a window can't open, show what it would have shown: XOR with one neuron, and with four."""
    print("There is no display, so no window can open. The same experiment without one:", file=sys.stderr)
    if file is not None:
        return _render(_render_parser().parse_args([str(file), "--image", "experiment.png"]))
    common = ["--data", "xor", "--activation", "relu", "--epochs", "100", "--seed", "3"]
    for hidden, image in (("1", []), ("4", ["--image", "xor.png"])):
        print(f"\nXOR with {hidden} hidden neuron{'s' if hidden != '1' else ''}:")
        if code := _train(_train_parser().parse_args([*common, "--hidden", hidden, *image])):
            return code
    print("\nOne neuron can draw one line, which XOR defeats; four can fold the plane. The picture is xor.png.")
    return 0


# -- train ------------------------------------------------------------------------------------------------------------


def _train_parser() -> argparse.ArgumentParser:
    from mlp_playground.data.features import FEATURES
    from mlp_playground.experiment.config import DATA_NAMES, MNIST_FULL
    from mlp_playground.nn.activations import ACTIVATIONS
    from mlp_playground.nn.heads import HEADS
    from mlp_playground.nn.initializers import AUTO, INITIALIZERS
    from mlp_playground.nn.optimizers import OPTIMIZERS
    from mlp_playground.nn.schedules import SCHEDULES

    data = ", ".join(name for name in DATA_NAMES if name != MNIST_FULL)
    parser = argparse.ArgumentParser("mlp-playground train", description="Train a network without a window.")
    add = parser.add_argument
    add("--data", default="xor", help=f"{data}, or a folder with the four files of the full MNIST (default: xor)")
    add("--hidden", type=_whole_numbers, help="neurons of each hidden layer, such as 8,8; 0 for none (default: 1)")
    add("--activation", help=f"{_or(ACTIVATIONS)}; one for all layers, or one for each, such as relu,tanh")
    add("--optimizer", help=_or(OPTIMIZERS))
    add("--lr", type=_number, dest="learning_rate", help="learning rate, above 0")
    add("--batch", type=_whole_number, dest="batch_size", help="samples in a minibatch, 1 or more")
    add("--epochs", type=_positive, default=200, help="how often to learn from every sample (default: 200)")
    add("--noise", type=_number, help="0 to 0.5")
    add("--samples", type=_whole_number, help="points, train and test together, 10 to 10000")
    add("--test-share", type=_number, help="share of the points kept for testing, 0.05 to 0.95")
    add("--features", help=f"what the network sees of a point: {', '.join(FEATURES)} (default: x1,x2)")
    add("--init", help=f"initializer: {_or((AUTO, *INITIALIZERS))}")
    add(
        "--init-scale",
        type=_number,
        help="for normal: the standard deviation; uniform: the bound; constant: the weight",
    )
    add("--loss", help=f"{_or((AUTO, *HEADS))}; auto: the usual one for the data")
    add("--schedule", help=f"learning-rate schedule over the epochs: {_or(SCHEDULES)}")
    add("--clip", type=_number, dest="clip_norm", help="longest gradient, longer ones are cut; 0 for no bound")
    add("--l1", type=_number, help="rate of the L1 penalty, 0 or more")
    add("--l2", type=_number, help="rate of the L2 penalty, 0 or more")
    add("--seed", type=_whole_number, default=0, help="for points, first weights and sample order (default: 0)")
    add("--until-test-accuracy", type=_share, help="stop once this share of test samples is right, 0 to 1")
    add("--image", type=Path, help="write a picture: FILE.png or FILE.svg")
    add("--save", type=Path, help="write the experiment with its weights, for the window and for render")
    add("--json", action="store_true", help="print one JSON object instead of text")
    return parser


def _train(options: argparse.Namespace) -> int:
    from mlp_playground.experiment import document
    from mlp_playground.experiment.trainer import Diverged, Trainer

    config = _config(options)
    if options.image is not None:
        _check_image(options.image)
    for path in (options.image, options.save):
        if path is not None and not path.parent.is_dir():
            raise InvalidValue("folder", str(path.parent), "a folder that exists")
    trainer = Trainer(config)
    started = perf_counter()
    diverged = ""
    try:
        _run(trainer, options.epochs, options.until_test_accuracy)
    except Diverged as error:
        diverged = str(error)
    _report(trainer, perf_counter() - started, bool(diverged), as_json=options.json)
    if options.save is not None:
        document.save(trainer.document(), options.save)
    if options.image is not None:
        _draw(trainer, options.image)
    if diverged:
        print(f"Training diverged. {diverged}", file=sys.stderr)
        return FAILED
    return 0


def _config(options: argparse.Namespace) -> ExperimentConfig:
    """The experiment that the options ask for; what they leave open is as in the window."""
    from mlp_playground.experiment.config import DATA_NAMES, DIGITS_DEFAULT, MNIST, MNIST_FULL, ExperimentConfig

    name, folder = options.data, None
    if name not in DATA_NAMES or name == MNIST_FULL:
        if name != MNIST_FULL and not Path(name).is_dir():
            allowed = ", ".join(each for each in DATA_NAMES if each != MNIST_FULL)
            raise InvalidValue("data", name, f"one of {allowed}, or a folder with the four MNIST files")
        name, folder = MNIST_FULL, None if name == MNIST_FULL else str(Path(name).resolve())
    config = DIGITS_DEFAULT if name in (MNIST, MNIST_FULL) else ExperimentConfig()
    data = {"name": name, "folder": folder, "seed": options.seed}
    for key in ("noise", "samples", "test_share"):
        data |= _given(key, getattr(options, key))
    training: dict[str, Any] = {}
    for key in ("optimizer", "learning_rate", "batch_size", "l1", "l2", "loss", "schedule", "clip_norm"):
        training |= _given(key, getattr(options, key))
    training["planned_epochs"] = options.epochs
    config = config.changed("data", **data).changed("training", **training).changed(seed=options.seed)
    hidden = config.network.hidden if options.hidden is None else options.hidden
    names = (options.activation or config.network.activations[0]).split(",")
    activations = tuple(names * len(hidden) if len(names) == 1 else names)
    network = {"hidden": hidden, "activations": activations, **_given("initializer", options.init)}
    network |= _given("initializer_scale", options.init_scale)
    config = config.changed("network", **network)
    return config.changed(features=tuple(options.features.split(","))) if options.features else config


def _given(name: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {name: value}


def _run(trainer: Trainer, epochs: int, until: float | None) -> None:
    """Train, telling on standard error every half second how it goes."""
    told = perf_counter()
    for _ in range(epochs):
        trainer.run_epoch()
        if until is not None and (trainer.measure().test_accuracy or 0.0) >= until:
            break
        if perf_counter() - told > 0.5:
            told = perf_counter()
            metrics = trainer.measure()
            print(
                f"epoch {trainer.epoch} of {epochs}: loss {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test",
                file=sys.stderr,
            )


def _report(trainer: Trainer, seconds: float, diverged: bool, *, as_json: bool) -> None:
    metrics = trainer.measure()
    result = {
        "train_loss": metrics.train_loss,
        "test_loss": metrics.test_loss,
        "train_accuracy": metrics.train_accuracy,
        "test_accuracy": metrics.test_accuracy,
        "epochs": trainer.epoch,
        "steps": trainer.step_count,
        "seconds": round(seconds, 3),
        "parameters": trainer.material.architecture.n_parameters,
        "seed": trainer.config.seed,
        "diverged": diverged,
    }
    if as_json:
        print(json.dumps({key: _json_number(value) for key, value in result.items()}))
        return
    shape = "–".join(str(width) for width in trainer.material.architecture.widths)
    print(f"network    {shape}, {result['parameters']} parameters")
    print(f"trained    {trainer.epoch} epochs, {trainer.step_count} steps, {seconds:.2f} s")
    print(f"loss       {metrics.train_loss:.4f} train, {metrics.test_loss:.4f} test")
    if metrics.train_accuracy is not None and metrics.test_accuracy is not None:
        print(f"right      {metrics.train_accuracy:.1%} train, {metrics.test_accuracy:.1%} test")


def _json_number(value: object) -> object:
    """JSON knows no infinity: a loss too large for a number is null."""
    return None if isinstance(value, float) and not abs(value) < float("inf") else value


# -- render and self-test ---------------------------------------------------------------------------------------------


def _render_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "mlp-playground render", description="Draw a saved experiment as it is, without training."
    )
    parser.add_argument("file", type=Path, help="a saved experiment")
    parser.add_argument("--image", type=Path, required=True, help="the picture to write: FILE.png or FILE.svg")
    return parser


def _render(options: argparse.Namespace) -> int:
    from mlp_playground.experiment import document
    from mlp_playground.experiment.trainer import Trainer

    _check_image(options.image)
    if not options.file.is_file():
        raise InvalidValue("file", str(options.file), "a saved experiment")
    saved = document.load(options.file)
    trainer = Trainer(saved.config)
    trainer.restore(saved)
    _draw(trainer, options.image)
    print(options.image)
    return 0


def _check_image(path: Path) -> None:
    if path.suffix.lower() not in (".png", ".svg"):
        raise InvalidValue("image", str(path), "a file name that ends in .png or .svg")


def _draw(trainer: Trainer, path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtGui import QGuiApplication

        from mlp_playground.views.export import save_picture
    except ImportError as error:
        raise OSError(f"pictures need Qt's system libraries: {error}") from error
    from mlp_playground.experiment.snapshot import Look, observe

    app = QGuiApplication.instance() or QGuiApplication([])
    save_picture(path, observe(trainer, Look(resolution=512)))
    del app


def _self_test() -> int:
    """Open the real window, train XOR with four neurons to 100 %, look at the canvas, export, close."""
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from mlp_playground.app.self_test import run

    problem = run()
    print(f"self-test failed: {problem}" if problem else "self-test passed", flush=True)
    return FAILED if problem else 0


# -- values -----------------------------------------------------------------------------------------------------------


def _or(names: Any) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else str(last)


def _checked(convert: Callable[[str], Any], allowed: str, fits: Callable[[Any], bool]) -> Callable[[str], Any]:
    """A converter for argparse whose message names the value and what is allowed; argparse adds the option's name."""

    def parse(text: str) -> Any:
        try:
            value = convert(text)
        except ValueError:
            value = None
        if value is None or not fits(value):
            raise argparse.ArgumentTypeError(f"{text!r} is not allowed; it must be {allowed}")
        return value

    return parse


def _split(text: str) -> tuple[int, ...]:
    widths = tuple(int(part) for part in text.split(","))
    return () if widths == (0,) else widths


_number = _checked(float, "a number", lambda x: abs(x) < float("inf"))
_whole_number = _checked(int, "a whole number, 0 or more", lambda x: x >= 0)
_positive = _checked(int, "a whole number, 1 or more", lambda x: x >= 1)
_share = _checked(float, "a number from 0 to 1", lambda x: 0 <= x <= 1)
_whole_numbers = _checked(
    _split, "whole numbers of 1 or more with commas between, or 0", lambda x: all(w > 0 for w in x)
)
