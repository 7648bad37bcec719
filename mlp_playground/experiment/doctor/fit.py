"""Illnesses of what a network has learned: too little for its size, too much by heart, or one answer for all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlp_playground.analysis.linear_fit import Scaling, linear_fit, softmax_fit
from mlp_playground.experiment.doctor import cures
from mlp_playground.experiment.doctor.case import Case
from mlp_playground.experiment.doctor.finding import Bars, Finding, Lines
from mlp_playground.experiment.doctor.neurons import NOT_LEARNED
from mlp_playground.experiment.doctor.words import percent
from mlp_playground.nn.arrays import Array
from mlp_playground.numerals import counted

PLATEAU, PATIENCE = 0.08, 20
"""A loss that has fallen by less than this share in the later half of at least so many epochs rests on a plateau."""
STRAIGHT = 0.97
"""Share of the answers that a straight line (a plane, with more inputs) gives as well."""
FEW = 2
"""Folds that can't enclose anything in the plane: it takes three lines to close a border."""
LEFT = 0.08
"""What neighbours tell better than the network must be more than their own luck with some hundred samples."""
RISEN, GAP = 1.3, 0.1
"""Overfitting: the test loss is so many times its own lowest, and so much more of the training data is right than of
the others. The gallery's healthy runs, MNIST among them, stay below 0.07; that on noise by heart has 0.3."""
ONE_ANSWER, ONE_CLASS = 0.98, 0.9
"""Share of the samples that get the same answer, and of those that have it: beyond that it is nearly right."""


def too_small(case: Case) -> Finding | None:
    """It rests on a plateau with a straight border or too few folds, though the data tell more."""
    if not case.has_begun or case.epochs < PATIENCE or case.wrong < NOT_LEARNED or not _on_plateau(case):
        return None
    if case.wrong < case.neighbours_wrong + LEFT:
        return None
    straight = straightness(case)
    if not _is_narrow(case) and (straight < STRAIGHT or len(case.layers) > 1):
        return None
    right = tuple(max(1 - wrong, 0.0) for wrong in (case.wrong, case.neighbours_wrong))
    what = "explained" if case.head.task == "regression" else "right"
    return Finding(
        "small",
        "The network is too small",
        (
            (what, f"{percent(right[0])} of the training data; a sample's five neighbours get {percent(right[1])}"),
            ("border", f"{percent(straight)} of its answers are those of one straight line"),
            ("loss", f"fell by {percent(max(_fall(case), 0.0))} in the later half of {int(case.epochs)} epochs"),
        ),
        Bars(f"{what}, of the training data", ("network", "neighbours"), right, (0,), percent=True),
        "Each neuron folds the plane once, along a straight line; with one or two folds a border can't close around "
        "anything. However long it trains, such a network only turns its lines. More neurons make more folds.",
        cures.wider(case.config),
    )


def _is_narrow(case: Case) -> bool:
    """Whether some layer has too few neurons for a closed border, or there is no hidden layer at all."""
    return min((layer.working for layer in case.layers), default=0) <= FEW


def _fall(case: Case) -> float:
    """How much the training loss has fallen in the later half, as a share of what it was then."""
    epochs, loss = case.curves[0], case.curves[1]
    half = loss[np.searchsorted(epochs, (epochs[0] + epochs[-1]) / 2)]
    return float(1 - loss[len(loss) - max(len(loss) // 10, 1) :].mean() / half)


def _on_plateau(case: Case) -> bool:
    return len(case.curves[0]) > 2 and _fall(case) < PLATEAU


def straightness(case: Case) -> float:
    """The share of its answers that one straight cut through the data, fitted to them, gives as well; for numbers the
    share of their variance that a plane explains."""
    inputs = case.raw_inputs.astype(np.float64)
    A1 = Scaling.of(inputs).rows(inputs)
    if case.head.task == "regression":
        z = case.Z[0].astype(np.float64)
        left = z - linear_fit(A1, z) @ A1
        return float(1 - left.var() / max(z.var(), 1e-300))
    answers = _answers(case.Z)
    classes, numbered = np.unique(answers, return_inverse=True)
    if len(classes) == 1:
        return 1.0
    cut = softmax_fit(A1, numbered.ravel(), len(classes)) @ A1
    return float((cut.argmax(axis=0) == numbered.ravel()).mean())


def _answers(Z: Array) -> NDArray[np.int64]:
    """The class (N,) that numbers (n_out, N) stand for."""
    return np.asarray(Z.argmax(axis=0) if Z.shape[0] > 1 else Z[0] > 0, np.int64)


def overfitting(case: Case) -> Finding | None:
    """The test loss has turned and risen, while the training loss went on falling."""
    epochs, train, test = case.curves[:3]
    if not case.has_begun or len(test) < 3:
        return None
    best = int(np.nanargmin(test))
    risen = test[-1] / max(test[best], 1e-12)
    if risen < RISEN or train[-1] > train[best] or _gap(case) < GAP:
        return None
    gap: tuple[tuple[str, str], ...] = ()
    if case.metrics.train_accuracy is not None and case.metrics.test_accuracy is not None:
        shares = percent(case.metrics.train_accuracy), percent(case.metrics.test_accuracy)
        gap = (("right", f"{shares[0]} of the training data, {shares[1]} of the others"),)
    numbers = counted(case.network.architecture.n_parameters, "number")
    return Finding(
        "overfitting",
        "It learns the samples by heart",
        (
            ("test loss", f"{test[-1]:.3g}, {risen:.1f} times that of epoch {int(epochs[best])}"),
            ("train loss", f"{train[best]:.3g} then, {train[-1]:.3g} now"),
            *gap,
            ("room", f"{numbers} to learn, {counted(case.material.n_train, 'sample')} to learn from"),
        ),
        Lines("the dotted line: where the test loss turned", epochs, train, test, float(epochs[best])),
        "It has room enough to bend around single samples, noise and all. That makes the training loss ever smaller, "
        "but what it draws there is true for these samples only: new ones are answered worse than before.",
        cures.weight_decay(case.config),
    )


def _gap(case: Case) -> float:
    """How much more is right of the training data than of the others; for numbers, of the loss of a blind answer."""
    now = case.metrics
    if now.train_accuracy is None or now.test_accuracy is None:
        return (now.test_loss - now.train_loss) / case.blind_loss
    return now.train_accuracy - now.test_accuracy


def collapse(case: Case) -> Finding | None:
    """Nearly all samples get the same answer."""
    if not case.has_begun or case.wrong < NOT_LEARNED:
        return None
    return _one_number(case) if case.head.task == "regression" else _one_class(case)


def _one_class(case: Case) -> Finding | None:
    answers, truth = _answers(case.Z), _answers(case.Y - case.middle)
    names = case.material.data.classes
    given, there = (np.bincount(each, minlength=len(names)) / len(each) for each in (answers, truth))
    top = int(given.argmax())
    if given[top] < ONE_ANSWER or there[top] > ONE_CLASS:
        return None
    return Finding(
        "collapse",
        f"Nearly everything is called {names[top]}",
        (
            ("answered", f"{names[top]} to {percent(float(given[top]))} of the training data"),
            ("true", f"for {percent(float(there[top]))} of them"),
            ("loss", f"{case.metrics.train_loss:.3g}; {_guess(there):.3g} is that of guessing by shares"),
        ),
        Bars("answers by class", names, tuple(float(share) for share in given), (top,), percent=True),
        _WHY_COLLAPSE + "how frequent each class is, and that is a plateau.",
        cures.another_start(case.config, cures.straight_through()),
    )


def _one_number(case: Case) -> Finding | None:
    Z, Y = case.Z[0].astype(np.float64), case.Y[0].astype(np.float64)
    if Z.var() > (1 - ONE_ANSWER) * Y.var():
        return None
    return Finding(
        "collapse",
        "Nearly the same number for everything",
        (
            ("answers", f"{Z.mean():.3g} in the mean, they spread by {Z.std():.2g}"),
            ("true", f"{Y.mean():.3g} in the mean, they spread by {Y.std():.2g}"),
            ("loss", f"{case.metrics.train_loss:.3g}; {case.blind_loss:.3g} is that of the mean alone"),
        ),
        Bars("spread (standard deviation)", ("answers", "true"), (float(Z.std()), float(Y.std())), (0,)),
        _WHY_COLLAPSE + "the mean of all numbers, and that is a plateau.",
        cures.another_start(case.config, cures.straight_through()),
    )


_WHY_COLLAPSE = (
    "Whatever it hears, the last layer says the same: hardly anything of the sample comes through the layers before. "
    "Then the best it can do is to learn "
)


def _guess(shares: Array) -> float:
    """The cross-entropy of answering each class by its share."""
    there = shares[shares > 0]
    return float(-(there * np.log(there)).sum())
