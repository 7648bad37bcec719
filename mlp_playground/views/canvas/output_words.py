"""What stands over output and diagram and beside the scale: whose answer it is, of when, what its colours mean."""

from __future__ import annotations

from dataclasses import dataclass

from mlp_playground.analysis.field import ClassMap, Map
from mlp_playground.data.dataset import Space
from mlp_playground.data.features import FEATURES
from mlp_playground.experiment.snapshot import Snapshot
from mlp_playground.experiment.timeline import Frame
from mlp_playground.views.canvas.time_words import epoch_number
from mlp_playground.views.scale_numbers import EXCITES, Numbers, answer_numbers, difference_numbers, neuron_numbers

WHERE: dict[Space, str] = {
    "plane": "everywhere on the plane",
    "line": "for every x",
    "bits": "for every pattern of bits",
    "pictures": "",
    "table": "on this plane through the data",
}
"""Where a field's answers are, at the end of a sentence."""
NOT_COMPARED = "not compared, as the other moment's answers are of another kind"


@dataclass(frozen=True)
class OutputWords:
    """A heading with a line below it, and the scale's numbers (none: the classes' names instead)."""

    title: str
    words: str
    scale: Numbers = ()
    shapes: bool = False


def output_words(
    snapshot: Snapshot,
    focus: tuple[int, int] | None = None,
    shown: Map | ClassMap | None = None,
    *,
    steps: bool = False,
) -> OutputWords:
    """Of the answer, or of the neuron or feature `focus` = (column, index) with its map `shown`."""
    at = "" if snapshot.at is None else f" at epoch {epoch_number(snapshot.at)}"
    where = WHERE[snapshot.data.space]
    if snapshot.field is None:
        return OutputWords("Output", f"what the network reads{at}", EXCITES)
    if shown is not None and focus is not None:
        column, index = focus
        if isinstance(shown, ClassMap):
            return OutputWords(snapshot.data.classes[index], f"how likely this answer is{at}, {where}")
        name = tuple(FEATURES.values())[index].label if column == 0 else f"Layer {column} · neuron {index + 1}"
        return OutputWords(name, f"its value{at} {where}", neuron_numbers(shown, steps=steps))
    if snapshot.compared is not None and snapshot.field.difference is not None:
        numbers = difference_numbers(snapshot.field.difference.map, snapshot.data, steps=steps)
        return OutputWords("Difference", _difference_words(snapshot, snapshot.compared), numbers)
    what = "the number that the network predicts" if snapshot.data.task == "regression" else "what the network answers"
    several = snapshot.data.task == "classes"
    numbers = () if several else answer_numbers(snapshot.data, steps=steps)
    words = f"{what}{at}, {where}" if snapshot.compared is None else f"{what}{at}: {NOT_COMPARED}"
    return OutputWords("Output", words, numbers, shapes=not several)


def diagram_words(snapshot: Snapshot) -> str:
    """What the diagram's links say, or what can be done there."""
    if snapshot.compared is not None and snapshot.theta_change is not None:
        ours, theirs = _both(snapshot, snapshot.compared)
        return f"weights {ours} minus those {theirs}; blue is positive, orange negative"
    if snapshot.data.space != "plane":
        return "each link's width is its weight's size; blue is positive, orange negative"
    return "click a feature to switch it; + adds a neuron, + between two layers adds a layer"


def _both(snapshot: Snapshot, compared: Frame) -> tuple[str, str]:
    ours = "now" if snapshot.at is None else f"at epoch {epoch_number(snapshot.at)}"
    return ours, f"at epoch {epoch_number(compared)}"


def _difference_words(snapshot: Snapshot, compared: Frame) -> str:
    ours, theirs = _both(snapshot, compared)
    if snapshot.data.task == "regression":
        return f"the prediction {ours} minus that {theirs}"
    if snapshot.data.task == "classes":
        return f"how much surer it is of its answer {ours} than {theirs}"
    return f"the chance of {snapshot.data.classes[1]} {ours} minus that {theirs}"
