"""A trained network as a PyTorch script: a Module whose layers are filled with what was learned, samples as rows."""

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

SIGN = '''
class Sign(nn.Module):
    """All or nothing: +1 where z ≥ 0, else −1. Its slope is 0, so no gradient comes through."""

    def forward(self, z):
        return torch.where(z >= 0, 1.0, -1.0)
'''
OFF = '''
class Off(nn.Module):
    """Some neurons of a layer are switched off: they answer 0."""

    def __init__(self, width, neurons):
        super().__init__()
        on = torch.ones(width)
        on[neurons] = 0
        self.register_buffer("on", on)

    def forward(self, a):
        return a * self.on
'''
ANSWERS = {"binary": "torch.sigmoid(z)", "classes": "torch.softmax(z, dim=1)", "tanh-squared": "torch.tanh(z)"}
HOW_TO_READ = "Samples are rows, as PyTorch has them; a layer's weight has a row for each neuron."


def torch_script(subject: Subject) -> Written:
    """The script, and its weights beside it where they are many."""
    numbers = Numbers("weights", weights(subject, as_columns=False))
    asked = f"answers = predict(torch.tensor(X, dtype={sample_type(subject)})).numpy()"
    text = joined(
        opening(
            subject,
            learned(subject),
            (HOW_TO_READ,),
            *numbers.imports,
            *digit_imports(subject),
            "import numpy as np",
            "import torch",
            "from torch import nn",
        ),
        DESKEW if subject.deskews else "",
        modules(subject),
        network(subject),
        numbers.reading,
        numbers.assignments,
        _filled(subject),
        predict(subject),
        constants(subject),
        example(subject, rows=True, predict=[asked]),
    )
    return Written(text.encode(), numbers.beside, "weights")


def sample_type(subject: Subject) -> str:
    """The numbers that samples are given as: a table's own units may need double precision."""
    return "torch.float64" if subject.scales else "torch.float32"


def modules(subject: Subject) -> str:
    """The layers that PyTorch does not have itself."""
    parts = [SIGN if "sign" in subject.architecture.activations else "", OFF if subject.architecture.off else ""]
    return "\n\n\n".join(part.strip("\n") for part in parts if part)


def network(subject: Subject) -> str:
    """The class Network, whose `forward` gives the last layer's numbers."""
    names = [scale_constants(subject, rows=True)] if subject.scales else []
    lines = "\n".join(f"            {each}," for each in layers(subject))
    body = f"""
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
{lines}
        )

    def forward(self, x):
{_told(subject)}        return self.layers(x)
"""
    return "\n\n\n".join([*names, body.strip("\n")])


def layers(subject: Subject) -> list[str]:
    """The modules of the network one after the other."""
    shape, share = subject.architecture, subject.config.training.dropout
    result = []
    for l, name in enumerate(shape.activations):
        result += [f"nn.Linear({shape.widths[l]}, {shape.widths[l + 1]})"]
        result += [FOLDS[name].torch] if name != "linear" else []
        off = [neuron for layer, neuron in shape.off if layer == l]
        result += [f"Off({shape.widths[l + 1]}, {off})"] if off else []
        result += [f"nn.Dropout({share!r})"] if share else []
    return [*result, f"nn.Linear({shape.widths[-2]}, {shape.widths[-1]})"]


def _told(subject: Subject) -> str:
    """The first lines of `forward`: what becomes of `x` before the first layer."""
    lines = []
    if subject.scales:
        # in double precision, as a column's own units may be coarser in single than what the network is told
        lines.append("x = ((x - torch.tensor(MIDDLE)) * torch.tensor(FACTOR)).float()")
    if subject.features:
        told = ", ".join(FEATURE_CODE[name].format(np="torch") for name in subject.features)
        lines += ["x1, x2 = x.T", f"x = torch.stack([{told}], dim=1)"]
    return "".join(f"        {line}\n" for line in lines)


def _filled(subject: Subject) -> str:
    n = len(subject.architecture.widths)
    pairs = ", ".join(f"(W{l}, b{l})" for l in range(1, n))
    return f"""model = Network().eval()  # eval: without dropout
linear = [layer for layer in model.layers if isinstance(layer, nn.Linear)]
with torch.no_grad():
    for layer, (W, b) in zip(linear, [{pairs}]):
        layer.weight.copy_(torch.tensor(W))
        layer.bias.copy_(torch.tensor(b))"""


def predict(subject: Subject) -> str:
    """The function from samples to answers."""
    z = "z" if subject.target is None else "z.double()"
    answer = target_code(subject, ANSWERS.get(subject.architecture.head, z))
    words = f"For {sample_words(subject, rows=True)}: {answer_words(subject)}, (N, {subject.architecture.widths[-1]})."
    return "@torch.no_grad()\n" + function("predict(x)", words, f"z = model(x)\nreturn {answer}")
