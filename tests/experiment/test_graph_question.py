"""Which samples are followed, and that the graph's gradient is the one that the run's next step is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlp_playground.analysis.trace.graph import Op
from mlp_playground.analysis.trace.steps import Phase, Step, steps_of
from mlp_playground.data.example import Example
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import graph_question
from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig
from mlp_playground.experiment.graph_question import Followed, GraphQuestion, Which, Wish, follow
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.nn.network import Network, blocks

FIRST = ExperimentConfig().changed("network", hidden=(4, 3), activations=("tanh", "relu"))
LOOK = Look(resolution=64, whole=True)


def followed(trainer: Trainer, wish: Wish) -> Followed:
    return follow(GraphQuestion(observe(trainer, LOOK), wish))


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("training", {"l2": 0.1, "dropout": 0.3}),
        ("training", {"optimizer": "adamw", "l2": 0.1, "loss": "tanh-squared"}),
        ("", {"features": ("x2", "x1*x2", "sin(x1)")}),
        ("data", {"name": "sine"}),
        ("data", {"name": "parity"}),
        ("", dict(DIGITS_DEFAULT)),
    ],
)
def test_the_graph_of_the_next_minibatch_has_the_gradient_of_the_runs_next_step(
    part: Any, values: dict[str, Any]
) -> None:
    trainer = Trainer(FIRST.changed(part, **values))
    for _ in range(3):
        trainer.step()
    found = followed(trainer, Wish(Which.MINIBATCH))
    assert found.is_next
    assert found.step is not None
    architecture = trainer.material.architecture
    for l, block in enumerate(blocks(architecture, found.step.joined), 1):
        ours = np.hstack([found.trace.gradients[f"W{l}"], found.trace.gradients[f"b{l}"]])
        assert np.abs(ours - block).max() <= 1e-5 * np.abs(block).max() + 1e-9  # of float32
    trainer.step()
    assert np.array_equal(found.step.after, trainer.network.theta)


def test_one_sample_the_hardest_one_and_the_minibatch() -> None:
    trainer = Trainer(FIRST)
    data = trainer.material.data
    one = followed(trainer, Wish(Which.SAMPLE, 17))
    assert one.samples is not None
    assert one.samples.tolist() == [17]
    assert one.trace.values["x"] == pytest.approx(data.train.X[:, 17:18])
    assert one.trace.values["y"] == data.train.y[17]
    assert not one.is_next
    beyond = followed(trainer, Wish(Which.SAMPLE, 10_000))
    assert beyond.samples is not None
    assert beyond.samples.tolist() == [len(data.train) - 1]

    hardest = followed(trainer, Wish(Which.HARDEST))
    network, material = Network(trainer.material.architecture, trainer.network.theta), trainer.material
    losses = [
        material.architecture.the_head.loss(network.predict(material.X[:, i : i + 1]), material.Y[:, i : i + 1])
        for i in range(material.n_train)
    ]
    assert hardest.trace.values["L"].item() == pytest.approx(max(losses), rel=1e-5)

    batch = followed(trainer, Wish(Which.MINIBATCH))
    assert batch.trace.values["x"].shape == (2, trainer.config.training.batch_size)


def test_a_place_without_a_target_goes_forward_only() -> None:
    trainer = Trainer(FIRST.changed(features=("x1", "x1*x2")))
    place = Example(np.array([1.0, -2.0], np.float32), None, "a place")
    found = followed(trainer, Wish(Which.EXAMPLE, example=place))
    assert found.trace.values["Φ"].ravel().tolist() == [1, -2]
    assert found.step is None
    assert "Nobody knows the right answer" in found.why_no_step
    assert {step.phase for step in steps_of(found.trace.graph, learns=True)} == {Phase.FORWARD}
    known = followed(trainer, Wish(Which.EXAMPLE, example=replace(place, target=1.0)))
    assert known.step is not None
    assert known.trace.values["y"].tolist() == [[1.0]]
    class_3 = Example(np.zeros(784, np.float32), 3.0, "a digit")
    digit = followed(Trainer(DIGITS_DEFAULT), Wish(Which.EXAMPLE, example=class_3))
    assert digit.trace.values["y"].ravel().tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


def test_an_example_of_other_data_is_refused() -> None:
    trainer = Trainer(FIRST)
    for x, target in ((np.zeros(784, np.float32), None), (np.zeros(2, np.float32), 4.0)):
        with pytest.raises(InvalidValue, match="take the newest"):
            followed(trainer, Wish(Which.EXAMPLE, example=Example(x, target, "a digit")))


def test_at_a_past_moment_it_is_that_moments_next_step() -> None:
    trainer = Trainer(FIRST)
    for _ in range(60):
        trainer.step()
    past = trainer.timeline.past.frames[20]
    found = follow(GraphQuestion(observe(trainer, replace(LOOK, at=past)), Wish(Which.MINIBATCH)))
    again = Trainer(FIRST)
    for _ in range(past.steps + 1):
        again.step()
    assert found.step is not None
    assert np.array_equal(found.step.after, again.network.theta)


def test_what_can_not_be_learned_or_held_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stairs = followed(Trainer(FIRST.changed("network", activations=("sign", "tanh"))), Wish())
    assert stairs.step is None
    assert "step's is 0" in stairs.why_no_step
    assert not stairs.trace.gradients["W1"].any()
    monkeypatch.setattr(graph_question, "MOST_NUMBERS", 100)
    with pytest.raises(InvalidValue, match="follow one sample"):
        followed(Trainer(FIRST), Wish(Which.MINIBATCH))


def test_the_steps_go_forward_back_and_to_each_parameter() -> None:
    graph = followed(Trainer(FIRST.changed("network", hidden=(), activations=())), Wish()).trace.graph
    F, B, U = Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE
    expected = [(F, "x"), (F, "U1"), (F, "Z1"), (F, "P"), (F, "L"), (B, "L"), (B, "P"), (B, "Z1"), (B, "U1")]
    assert steps_of(graph, learns=False) == tuple(Step(*each) for each in expected)
    assert steps_of(graph, learns=True)[len(expected) :] == (Step(U, "W1"), Step(U, "b1"))
    assert [node.op for node in graph.nodes if node.cached] == [Op.MATMUL, Op.ANSWER, Op.LOSS]
