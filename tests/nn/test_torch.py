"""The same first weights and the same batches through PyTorch, where it is installed: every optimizer, every loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mlp_playground.nn.heads import HEADS
from mlp_playground.nn.network import Architecture, Gradient, Network, Tape, initial, with_ones
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.nn.penalties import Penalties, weight_mask

torch: Any = pytest.importorskip("torch", reason="PyTorch is not installed")

STEPS, BATCH, L2 = 200, 10, 0.01
RATE = {"sgd": 0.1, "momentum": 0.02, "nesterov": 0.02, "rmsprop": 0.003, "adagrad": 0.05, "adam": 0.01, "adamw": 0.01}


def theirs(name: str, parameters: list[dict[str, Any]], rate: float) -> Any:
    """PyTorch's optimizer of that name, set as ours is."""
    optim = torch.optim
    return {
        "sgd": lambda: optim.SGD(parameters, lr=rate),
        "momentum": lambda: optim.SGD(parameters, lr=rate, momentum=0.9),
        "nesterov": lambda: optim.SGD(parameters, lr=rate, momentum=0.9, nesterov=True),
        "rmsprop": lambda: optim.RMSprop(parameters, lr=rate, alpha=0.99, eps=1e-8),
        "adagrad": lambda: optim.Adagrad(parameters, lr=rate, eps=1e-10),
        "adam": lambda: optim.Adam(parameters, lr=rate),
        "adamw": lambda: optim.AdamW(parameters, lr=rate),
    }[name]()


def loss_of(head: str, Z: Any, Y: Any) -> Any:
    """PyTorch's loss for rows of samples."""
    functional = torch.nn.functional
    return {
        "binary": lambda: functional.binary_cross_entropy_with_logits(Z, Y),
        "classes": lambda: functional.cross_entropy(Z, Y),
        "regression": lambda: 0.5 * functional.mse_loss(Z, Y),
        "tanh-squared": lambda: 0.5 * functional.mse_loss(torch.tanh(Z), Y),
        "huber": lambda: functional.huber_loss(Z, Y, delta=0.5),
    }[head]()


def both_trained(optimizer: str, head: str) -> tuple[np.ndarray, np.ndarray]:
    """Parameters after the same steps: ours, theirs."""
    rng = np.random.default_rng(8)
    n_out = 3 if head == "classes" else 1
    shape = Architecture((2, 6, 5, n_out), ("tanh", "silu"), head)
    theta = initial(shape, ["auto"] * 3, rng, np.float64)
    layers = [torch.nn.Linear(n_in, n, dtype=torch.float64) for n_in, n in ((2, 6), (6, 5), (5, n_out))]
    ours = Network(shape, theta)
    with torch.no_grad():
        for layer, W, b in zip(layers, ours.W, ours.b, strict=True):
            layer.weight.copy_(torch.from_numpy(W.copy()))
            layer.bias.copy_(torch.from_numpy(b.copy()))
    groups = [
        {"params": [layer.weight for layer in layers], "weight_decay": L2},
        {"params": [layer.bias for layer in layers], "weight_decay": 0.0},
    ]
    their_rule, our_rule = theirs(optimizer, groups, RATE[optimizer]), OPTIMIZERS[optimizer].start(theta)
    mask, decoupled = weight_mask(shape, np.float64), OPTIMIZERS[optimizer].decouples
    penalties = Penalties(mask, theta, l2=L2, decoupled=decoupled)
    tape, gradient = Tape(shape, BATCH, np.float64), Gradient(shape, np.float64)
    model = torch.nn.Sequential(layers[0], torch.nn.Tanh(), layers[1], torch.nn.SiLU(), layers[2])
    for _ in range(STEPS):
        X = rng.normal(0, 2, (2, BATCH))
        y = (
            rng.integers(0, max(n_out, 2), BATCH)
            if head != "regression"
            else rng.normal(0, 1, BATCH).astype(np.float32)
        )
        Y = HEADS[head].targets(y, n_out)
        ours.forward(with_ones(X, np.float64), tape)
        ours.backward(Y, tape, gradient)
        penalties.add_gradient(theta, gradient.vector)
        penalties.decay(theta, RATE[optimizer])
        our_rule.step(theta, gradient.vector, RATE[optimizer])
        their_rule.zero_grad()
        loss_of(head, model(torch.from_numpy(X.T.copy())), torch.from_numpy(Y.T.copy())).backward()
        their_rule.step()
    parts = [torch.cat([layer.weight, layer.bias[:, None]], dim=1).detach().numpy().ravel() for layer in layers]
    return theta, np.concatenate(parts)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_agrees_after_200_steps(optimizer: str) -> None:
    mine, other = both_trained(optimizer, "binary")
    assert np.abs(mine - other).max() < 1e-5


@pytest.mark.parametrize("head", HEADS)
def test_every_loss_agrees_after_200_steps(head: str) -> None:
    mine, other = both_trained("adam", head)
    assert np.abs(mine - other).max() < 1e-5
