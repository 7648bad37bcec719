"""How a network learns as a PyTorch script: the same experiment, with PyTorch's own chance."""

from __future__ import annotations

from mlp_playground.export.common import constants, opening
from mlp_playground.export.data_code import data_code
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import function, joined
from mlp_playground.export.torch_script import modules, network, predict
from mlp_playground.export.training_code import Training
from mlp_playground.export.written import Written
from mlp_playground.nn.initializers import INITIALIZERS

HOW_TO_READ = (
    "Samples are rows, as PyTorch has them. First weights and the order of the samples come from PyTorch's own "
    "generator: it is the same experiment, but another run of it than the program's."
)
LOSSES = {
    "binary": "nn.BCEWithLogitsLoss()",
    "classes": "nn.CrossEntropyLoss()",
    "regression": "lambda z, y: nn.functional.mse_loss(z, y) / 2",
    "tanh-squared": "lambda z, y: nn.functional.mse_loss(torch.tanh(z), y) / 2",
    "huber": "nn.HuberLoss(delta=0.5)",
}
HITS = {
    "binary": "((model(x) > 0) == (y > 0.5))",
    "classes": "(model(x).argmax(dim=1) == y.argmax(dim=1))",
    "tanh-squared": "((model(x) > 0) == (y > 0))",
}
OPTIMIZERS = {
    "sgd": "torch.optim.SGD(model.parameters(), lr=RATE)",
    "momentum": "torch.optim.SGD(model.parameters(), lr=RATE, momentum=0.9)",
    "nesterov": "torch.optim.SGD(model.parameters(), lr=RATE, momentum=0.9, nesterov=True)",
    "rmsprop": "torch.optim.RMSprop(model.parameters(), lr=RATE, alpha=0.99)",
    "adagrad": "torch.optim.Adagrad(model.parameters(), lr=RATE)",
    "adam": "torch.optim.Adam(model.parameters(), lr=RATE)",
    "adamw": "torch.optim.AdamW([{{'params': weights}}, {{'params': biases, 'weight_decay': 0}}], lr=RATE, "
    "weight_decay={decay})",
}
INITS = {
    "he": 'kaiming_normal_({w}, nonlinearity="relu")',
    "he-uniform": 'kaiming_uniform_({w}, nonlinearity="relu")',
    "xavier": "xavier_normal_({w})",
    "xavier-uniform": "xavier_uniform_({w})",
    "lecun": 'kaiming_normal_({w}, nonlinearity="linear")',
    "normal": "normal_({w}, std={scale})",
    "uniform": "uniform_({w}, -{scale}, {scale})",
    "constant": "constant_({w}, {scale})",
    "zeros": "zeros_({w})",
}


def torch_recipe(subject: Subject) -> Written:
    """The script, and its samples beside it where they are many."""
    data, training = data_code(subject), Training(subject)
    text = joined(
        opening(
            subject,
            "How it learns",
            (HOW_TO_READ,),
            *data.imports,
            *training.imports,
            "import numpy as np",
            "import torch",
            "from torch import nn",
            "from torch.utils.data import DataLoader, TensorDataset",
        ),
        training.constants,
        data.code,
        modules(subject),
        network(subject),
        _model(subject, training),
        training.factor,
        _measure(subject),
        _train(training),
        predict(subject),
        constants(subject),
        'if __name__ == "__main__":\n    train()',
    )
    return Written(text.encode(), data.beside, "data")


def _model(subject: Subject, training: Training) -> str:
    scale = subject.config.network.initializer_scale
    lines = [
        "torch.manual_seed(SEED)",
        "model = Network()",
        "linear = [layer for layer in model.layers if isinstance(layer, nn.Linear)]",
        "weights, biases = [layer.weight for layer in linear], [layer.bias for layer in linear]",
    ]
    for l, name in enumerate(training.initializers):
        lines.append(f"nn.init.{INITS[name].format(w=f'weights[{l}]', scale=scale)}  # {INITIALIZERS[name].label}")
    lines += ["for bias in biases:", "    nn.init.zeros_(bias)"]
    lines.append(f"loss_function = {LOSSES[subject.architecture.head]}")
    optimizer = OPTIMIZERS[training.options.optimizer]
    if training.decouples:
        optimizer = optimizer.format(decay="L2" if training.decay else 0).replace("'", '"')
    lines.append(f"optimizer = {optimizer}")
    if training.frozen:
        lines.append("kept = [(weights[l][i].detach().clone(), biases[l][i].detach().clone()) for l, i in FROZEN]")
    data = "X_train, Y_train, X_test, Y_test = (torch.tensor(each.T, dtype=torch.float32) for each in load())"
    loader = "loader = DataLoader(TensorDataset(X_train, Y_train), batch_size=BATCH, shuffle=True)"
    return "\n".join(lines) + f"\n\n{data}\n{loader}"


def _measure(subject: Subject) -> str:
    lines = ["model.eval()", "loss = loss_function(model(x), y)"]
    hits, words = HITS.get(subject.architecture.head), "Loss and right answers, without dropout."
    if hits is None:
        words = "Loss, without dropout."
        lines.append('return f"loss {loss:.4f}"')
    else:
        lines += [f"right = {hits}.float().mean()", 'return f"loss {loss:.4f}, {right:.1%} right"']
    return "@torch.no_grad()\n" + function("measure(x, y)", words, "\n".join(lines))


def _train(training: Training) -> str:
    step = ["loss = loss_function(model(x), y)"]
    if training.l2:
        step.append("loss = loss + L2 / 2 * sum((W**2).sum() for W in weights)")
    step += ["optimizer.zero_grad()", "loss.backward()"]
    if training.options.clip_norm:
        step.append("nn.utils.clip_grad_norm_(model.parameters(), CLIP)")
    rate = "RATE"
    if training.has_schedule:
        step += [
            "rate = RATE * factor(min((epoch + batch / len(loader)) / PLANNED, 1))",
            "for group in optimizer.param_groups:",
            '    group["lr"] = rate',
        ]
        rate = "rate"
    step.append("optimizer.step()")
    after = []
    if training.options.l1:
        after += [
            "for W in weights:  # towards 0, and no further",
            f"    W.copy_(W.sign() * (W.abs() - {rate} * L1).clamp(min=0))",
        ]
    if training.frozen:
        after += ["for (l, i), (w, c) in zip(FROZEN, kept):", "    weights[l][i], biases[l][i] = w, c"]
    if after:
        step += ["with torch.no_grad():", *(f"    {line}" for line in after)]
    lines = [
        "for epoch in range(EPOCHS):",
        "    model.train()",
        "    for batch, (x, y) in enumerate(loader):" if training.has_schedule else "    for x, y in loader:",
        *(f"        {line}" for line in step),
        "    if (epoch + 1) % max(EPOCHS // 10, 1) == 0:",
        '        print(f"epoch {epoch + 1}: {measure(X_train, Y_train)}; in the test {measure(X_test, Y_test)}")',
        "model.eval()",
    ]
    return function("train()", "Learn from the training samples, minibatch by minibatch.", "\n".join(lines))
