"""The pieces that a NumPy recipe is put together from, by name: losses, first weights, optimizers."""

from __future__ import annotations

LOSSES = {
    "binary": "np.mean(np.logaddexp(0, Z) - Y * Z)",
    "classes": "np.mean(np.logaddexp.reduce(Z, axis=0) - (Y * Z).sum(axis=0))",
    "regression": "np.mean((Z - Y) ** 2) / 2",
    "tanh-squared": "np.mean((np.tanh(Z) - Y) ** 2) / 2",
    "huber": "np.mean(np.where(np.abs(Z - Y) < 0.5, (Z - Y) ** 2 / 2, np.abs(Z - Y) / 2 - 0.125))",
}
"""The mean loss of the last layer's numbers Z for the targets Y, both (n_out, N), by head."""
LOSS_SLOPES = {
    "tanh-squared": "(A[-1] - Y) * (1 - A[-1] ** 2)",
    "huber": "np.clip(A[-1] - Y, -0.5, 0.5)",
}
"""∂loss/∂Z of the last layer, by head; for the others it is A − Y."""
HITS = {
    "binary": "np.mean((A > 0.5) == (Y > 0.5))",
    "classes": "np.mean(A.argmax(axis=0) == Y.argmax(axis=0))",
    "tanh-squared": "np.mean((A > 0) == (Y > 0))",
}
DRAWS = {
    "he": "rng.normal(0, np.sqrt(2 / {n}), ({m}, {n}))",
    "he-uniform": "rng.uniform(-np.sqrt(6 / {n}), np.sqrt(6 / {n}), ({m}, {n}))",
    "xavier": "rng.normal(0, np.sqrt(2 / ({n} + {m})), ({m}, {n}))",
    "xavier-uniform": "rng.uniform(-np.sqrt(6 / ({n} + {m})), np.sqrt(6 / ({n} + {m})), ({m}, {n}))",
    "lecun": "rng.normal(0, np.sqrt(1 / {n}), ({m}, {n}))",
    "normal": "rng.normal(0, {scale}, ({m}, {n}))",
    "uniform": "rng.uniform(-{scale}, {scale}, ({m}, {n}))",
    "constant": "np.full(({m}, {n}), {scale})",
    "zeros": "np.zeros(({m}, {n}))",
}
"""First weights of a layer of m neurons with n inputs each, by initializer."""

STEPS = {
    "sgd": ("", "Plain gradient descent: θ ← θ − η g.", "for p, g in zip(parameters, slopes):\n    p -= rate * g"),
    "momentum": (
        "speed = [np.zeros_like(p) for p in parameters]",
        "Momentum: v ← μ v + g, θ ← θ − η v.",
        "for p, g, v in zip(parameters, slopes, speed):\n    v *= 0.9\n    v += g\n    p -= rate * v",
    ),
    "nesterov": (
        "speed = [np.zeros_like(p) for p in parameters]",
        "Nesterov's momentum: v ← μ v + g, θ ← θ − η (g + μ v).",
        "for p, g, v in zip(parameters, slopes, speed):\n    v *= 0.9\n    v += g\n    p -= rate * (g + 0.9 * v)",
    ),
    "rmsprop": (
        "squares = [np.zeros_like(p) for p in parameters]",
        "RMSProp: v ← ρ v + (1 − ρ) g², θ ← θ − η g / (√v + ε).",
        "for p, g, v in zip(parameters, slopes, squares):\n"
        "    v *= 0.99\n    v += 0.01 * g**2\n    p -= rate * g / (np.sqrt(v) + 1e-8)",
    ),
    "adagrad": (
        "squares = [np.zeros_like(p) for p in parameters]",
        "Adagrad: v ← v + g², θ ← θ − η g / (√v + ε).",
        "for p, g, v in zip(parameters, slopes, squares):\n    v += g**2\n    p -= rate * g / (np.sqrt(v) + 1e-10)",
    ),
    "adam": (
        "means = [np.zeros_like(p) for p in parameters]\nsquares = [np.zeros_like(p) for p in parameters]\nsteps = 0",
        "Adam: running means of g and g², put right for their start at 0 (Kingma and Ba, 2015).",
        "global steps\nsteps += 1\nfor p, g, m, v in zip(parameters, slopes, means, squares):\n"
        "    m *= 0.9\n    m += 0.1 * g\n    v *= 0.999\n    v += 0.001 * g**2\n"
        "    p -= rate * (m / (1 - 0.9**steps)) / (np.sqrt(v / (1 - 0.999**steps)) + 1e-8)",
    ),
}
"""The optimizers: what they remember, what they are, and one step, in place; AdamW's is Adam's."""
