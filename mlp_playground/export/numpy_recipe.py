"""How a network learns as a NumPy script: from the same first weights, in the same order, by backpropagation."""

from __future__ import annotations

from mlp_playground.export.common import answer_words, constants, opening, sample_words, target_code
from mlp_playground.export.data_code import data_code
from mlp_playground.export.folds import FOLDS
from mlp_playground.export.numpy_script import ANSWERS, functions, inputs
from mlp_playground.export.numpy_tables import DRAWS, HITS, LOSS_SLOPES, LOSSES, STEPS
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import function, joined, returned
from mlp_playground.export.training_code import Training
from mlp_playground.export.written import Written
from mlp_playground.nn.initializers import INITIALIZERS

HOW_TO_READ = (
    "Samples are columns, and each layer computes",
    "    Z = W @ A + b,   A = f(Z)",
    "with a row of W for each of its neurons. First weights and order of the samples are those of the program, so the "
    "run is the same but for rounding, which can grow over many steps.",
)


def numpy_recipe(subject: Subject) -> Written:
    """The script, and its samples beside it where they are many."""
    data, training = data_code(subject), Training(subject)
    text = joined(
        opening(subject, "How it learns", HOW_TO_READ, *data.imports, *training.imports, "import numpy as np"),
        training.constants,
        data.code,
        inputs(subject, deskew=False),
        functions(subject),
        _slopes(subject),
        _first_weights(subject, training),
        _masks(subject),
        _forward(subject, training),
        _gradients(subject, training),
        training.factor,
        _step(training),
        _train(subject, training),
        _predict(subject),
        _measure(subject),
        "X_train, Y_train, X_test, Y_test = load()",
        constants(subject),
        'if __name__ == "__main__":\n    train()',
    )
    return Written(text.encode(), data.beside, "data")


def _slopes(subject: Subject) -> str:
    folds = [FOLDS[name] for name in dict.fromkeys(subject.architecture.activations) if name != "linear"]
    return "\n\n\n".join(function(f"{fold.function}_slope(Z)", "", returned(fold.slope)) for fold in folds)


def _first_weights(subject: Subject, training: Training) -> str:
    shape, scale = subject.architecture, subject.config.network.initializer_scale
    lines = []
    for l, name in enumerate(training.initializers):
        m, n = shape.widths[l + 1], shape.widths[l]
        lines.append(f"    {DRAWS[name].format(m=m, n=n, scale=scale)},  # {INITIALIZERS[name].label}")
    folds = [_name(each) for each in shape.activations]
    slopes = [f"{_name(each)}_slope" for each in shape.activations]
    plain = "def linear(Z):\n    return Z\n\n\ndef linear_slope(Z):\n    return np.ones_like(Z)\n\n\n"
    needs_linear = "linear" in (*shape.activations, ANSWERS.get(shape.head, "linear"))
    widths = ", ".join(map(str, shape.widths[1:])) + ("," if len(shape.widths) == 2 else "")
    return (
        (plain if needs_linear else "")
        + "rng = np.random.default_rng([SEED, 2])\n"
        + "W = [\n" + "\n".join(lines) + "\n]\n"
        + f"b = [np.zeros((n, 1)) for n in ({widths})]\n"
        + "parameters = [*W, *b]\n"
        + f"F = [{', '.join([*folds, ANSWERS.get(shape.head, 'linear')])}]  # what each layer does with its sums\n"
        + f"F_SLOPES = [{', '.join(slopes)}]"
    )  # fmt: skip


def _name(fold: str) -> str:
    return FOLDS[fold].function


def _masked(subject: Subject) -> bool:
    return bool(subject.architecture.off or subject.config.training.dropout)


def _masks(subject: Subject) -> str:
    if not _masked(subject):
        return ""
    lines = ["ON = [np.ones_like(b_l) for b_l in b]  # 1 for a neuron that answers, 0 for one that is switched off"]
    if subject.architecture.off:
        lines.append(f"for layer, neuron in {list(subject.architecture.off)}:\n    ON[layer][neuron] = 0")
    return "\n".join(lines)


def _forward(subject: Subject, training: Training) -> str:
    masked = _masked(subject)
    told = "inputs(X)" if subject.features or subject.scales else "X"
    answer = "F[l](Z[l]) * masks[l]" if masked else "F[l](Z[l])"
    lines = (
        f"A, Z = [{told}], []",
        "for l in range(len(W)):",
        "    Z.append(W[l] @ A[l] + b[l])",
        f"    A.append({answer})",
        "return A, Z",
    )
    words = f"All layers' sums Z and answers A for {sample_words(subject)}; A[0] is what the first one hears."
    parts = [function("forward(X, masks=ON)" if masked else "forward(X)", words, "\n".join(lines))]
    if training.options.dropout:
        draw = (
            "masks = [on.copy() for on in ON]\n"
            "for l in range(len(W) - 1):\n"
            "    heard = rng.random((len(ON[l]), n), dtype=np.float32) >= DROPOUT\n"
            "    masks[l] = ON[l] * heard / (1 - DROPOUT)\n"
            "return masks"
        )
        words = "Who answers which of n samples: the others are louder for the silent ones (Srivastava et al., 2014)."
        parts.append(function("draw_masks(rng, n)", words, draw))
    return "\n\n\n".join(parts)


def _gradients(subject: Subject, training: Training) -> str:
    masked = _masked(subject)
    slope = LOSS_SLOPES.get(subject.architecture.head, "A[-1] - Y")
    slope = f"({slope})" if slope == "A[-1] - Y" else slope
    mask = " * masks[l - 1]" if masked else ""
    lines = [
        f"A, Z = forward(X{', masks' if masked else ''})",
        f"dZ = {slope} / X.shape[1]",
        "dW, db = [None] * len(W), [None] * len(W)",
        "for l in reversed(range(len(W))):",
        "    dW[l] = dZ @ A[l].T",
        "    db[l] = dZ.sum(axis=1, keepdims=True)",
        "    if l > 0:",
        f"        dZ = W[l].T @ dZ{mask} * F_SLOPES[l - 1](Z[l - 1])",
    ]
    if training.l2:
        lines.append("dW = [d + L2 * W_l for d, W_l in zip(dW, W)]")
    lines.append("return [*dW, *db]")
    words = "∂loss/∂W and ∂loss/∂b of every layer for a minibatch: backpropagation, layer by layer from the last."
    return function(f"gradients(X, Y{', masks' if masked else ''})", words, "\n".join(lines))


def _step(training: Training) -> str:
    memory, words, body = STEPS["adam" if training.decouples else training.options.optimizer]
    before = after = ""
    if training.options.clip_norm:
        before += "length = np.sqrt(sum((g**2).sum() for g in slopes))\n"
        before += "slopes = [g * min(1, CLIP / length) if length else g for g in slopes]\n"
    if training.decay:
        before += "for W_l in W:  # AdamW: weights shrink beside the step\n    W_l *= 1 - rate * L2\n"
    if training.options.l1:
        shrunk = "np.sign(W_l) * np.maximum(np.abs(W_l) - rate * L1, 0)"
        after = f"\nfor W_l in W:  # towards 0, and no further\n    W_l[:] = {shrunk}"
    if body.startswith("global steps\n"):
        before, body = "global steps\n" + before, body.removeprefix("global steps\n")
    if training.frozen:
        after += "\nfor (l, i), (w, c) in zip(FROZEN, KEPT):\n    W[l][i], b[l][i] = w, c"
        memory = "KEPT = [(W[l][i].copy(), b[l][i].copy()) for l, i in FROZEN]" + (f"\n{memory}" if memory else "")
    return joined(memory, function("step(slopes, rate)", words, before + body + after))


def _train(subject: Subject, training: Training) -> str:
    masked, dropout = _masked(subject), training.options.dropout
    given = "X_train[:, batch], Y_train[:, batch]"
    if dropout:
        given += ", draw_masks(dropout_rng, len(batch))"
    elif masked:
        given += ", ON"
    rate = "RATE"
    if training.has_schedule:
        rate = "RATE * factor(min((epoch + start / BATCH / batches) / PLANNED, 1))"
    lines = ["rng = np.random.default_rng([SEED, 3])"]
    lines += ["dropout_rng = np.random.default_rng([SEED, 4])"] if dropout else []
    lines += ["n = X_train.shape[1]"]
    lines += ["batches = -(-n // BATCH)  # rounded up"] if training.has_schedule else []
    lines += [
        "for epoch in range(EPOCHS):",
        "    order = rng.permutation(n)  # new for each epoch",
        "    for start in range(0, n, BATCH):",
        "        batch = order[start : start + BATCH]",
        f"        step(gradients({given}), {rate})",
        "    if (epoch + 1) % max(EPOCHS // 10, 1) == 0:",
        '        print(f"epoch {epoch + 1}: {measure(X_train, Y_train)}; in the test {measure(X_test, Y_test)}")',
    ]
    return function("train()", "Learn from the training samples, minibatch by minibatch.", "\n".join(lines))


def _predict(subject: Subject) -> str:
    words = f"For {sample_words(subject)}: {answer_words(subject)}, ({subject.architecture.widths[-1]}, N)."
    return function("predict(X)", words, f"A, _ = forward(X)\nreturn {target_code(subject, 'A[-1]')}")


def _measure(subject: Subject) -> str:
    head = subject.architecture.head
    loss = function(
        "loss(X, Y)", "The mean loss on samples X with the targets Y.", f"Z = forward(X)[1][-1]\nreturn {LOSSES[head]}"
    )
    if head not in HITS:
        return joined(loss, function("measure(X, Y)", "", 'return f"loss {loss(X, Y):.4f}"'))
    right = function("accuracy(X, Y)", "The share of right answers.", f"A = forward(X)[0][-1]\nreturn {HITS[head]}")
    told = function("measure(X, Y)", "", 'return f"loss {loss(X, Y):.4f}, {accuracy(X, Y):.1%} right"')
    return joined(loss, right, told)
