"""A trained network as a Keras script: a Sequential model filled with what was learned, samples as rows."""

from __future__ import annotations

from mlp_playground.export.arrays import Numbers
from mlp_playground.export.common import (
    DESKEW,
    FEATURE_CODE,
    answer_words,
    constants,
    digit_imports,
    example,
    learned,
    opening,
    sample_words,
    scale_constants,
    target_code,
)
from mlp_playground.export.folds import FOLDS
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import function, joined
from mlp_playground.export.weights import weights
from mlp_playground.export.written import Written

SIGN = function(
    "sign(z)", "All or nothing: +1 where z ≥ 0, else −1. Its slope is 0, so no gradient comes through.",
    "return keras.ops.where(z >= 0, 1.0, -1.0)",
)  # fmt: skip
OFF = '''
class Off(layers.Layer):
    """Some neurons of a layer are switched off: they answer 0."""

    def __init__(self, neurons):
        super().__init__()
        self.neurons = neurons

    def call(self, a):
        on = np.ones(a.shape[-1], "float32")
        on[self.neurons] = 0
        return a * keras.ops.convert_to_tensor(on)
'''
ANSWERS = {"binary": '"sigmoid"', "classes": '"softmax"', "tanh-squared": '"tanh"'}
HOW_TO_READ = "Samples are rows, as Keras has them; a layer's kernel has a column for each neuron: W transposed."


def keras_script(subject: Subject) -> Written:
    """The script, and its weights beside it where they are many."""
    numbers = Numbers("weights", weights(subject, as_columns=False))
    text = joined(
        opening(
            subject,
            learned(subject),
            (HOW_TO_READ,),
            *numbers.imports,
            *digit_imports(subject),
            "import keras",
            "import numpy as np",
            "from keras import layers",
        ),
        DESKEW if subject.deskews else "",
        own_layers(subject),
        inputs(subject),
        model(subject),
        numbers.reading,
        numbers.assignments,
        _filled(subject),
        predict(subject),
        constants(subject),
        example(subject, rows=True, predict=["answers = predict(X)"]),
    )
    return Written(text.encode(), numbers.beside, "weights")


def own_layers(subject: Subject) -> str:
    """What Keras does not have itself."""
    parts = [SIGN if "sign" in subject.architecture.activations else "", OFF if subject.architecture.off else ""]
    return "\n\n\n".join(part.strip("\n") for part in parts if part)


def inputs(subject: Subject) -> str:
    """The function from samples to what the network is told of them."""
    if not (subject.features or subject.scales):
        return ""
    lines = ["return (X - MIDDLE) * FACTOR"]
    if subject.features:
        lines = ["X = (X - MIDDLE) * FACTOR"] if subject.scales else []
        told = ", ".join(FEATURE_CODE[name].format(np="np") for name in subject.features)
        lines += ["x1, x2 = X.T", f"return np.stack([{told}], axis=1)"]
    words = f"What the network is told of {sample_words(subject, rows=True)}."
    scales = scale_constants(subject, rows=True)
    return "\n\n\n".join(part for part in (scales, function("inputs(X)", words, "\n".join(lines))) if part)


def model(subject: Subject, *, initializers: tuple[str, ...] = (), regularizer: str = "") -> str:
    """The Sequential model, with the layers' first weights and the penalty where it is to be trained."""
    shape, share = subject.architecture, subject.config.training.dropout
    lines = [f"keras.Input(({shape.widths[0]},)),"]
    folds = [*(FOLDS[name].keras for name in shape.activations), ANSWERS.get(shape.head, "None")]
    for l, fold in enumerate(folds):
        more = f", activation={fold}" if fold != "None" else ""
        more += f", kernel_initializer={initializers[l]}" if initializers else ""
        more += f", kernel_regularizer={regularizer}" if regularizer else ""
        lines.append(f"layers.Dense({shape.widths[l + 1]}{more}),")
        off = [neuron for layer, neuron in shape.off if layer == l]
        lines += [f"Off({off}),"] if off else []
        lines += [f"layers.Dropout({share!r}),"] if share and l < len(folds) - 1 else []
    return "model = keras.Sequential([\n" + "".join(f"    {line}\n" for line in lines) + "])"


def _filled(subject: Subject) -> str:
    n = len(subject.architecture.widths)
    pairs = ", ".join(f"(W{l}, b{l})" for l in range(1, n))
    return f"""dense = [layer for layer in model.layers if isinstance(layer, layers.Dense)]
for layer, (W, b) in zip(dense, [{pairs}]):
    layer.set_weights([W.T, b])"""


def predict(subject: Subject) -> str:
    """The function from samples to answers."""
    told = "inputs(X)" if subject.features or subject.scales else "X"
    answer = target_code(subject, f"model.predict({told}, verbose=0)")
    words = f"For {sample_words(subject, rows=True)}: {answer_words(subject)}, (N, {subject.architecture.widths[-1]})."
    return function("predict(X)", words, f"return {answer}")
