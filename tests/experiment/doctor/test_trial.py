"""Two runs side by side: the original goes on as the run itself would, and the other differs by the cure alone."""

from __future__ import annotations

import numpy as np

from mlp_playground.experiment.doctor import cures
from mlp_playground.experiment.doctor.trial import Bench, n_epochs, wish_of
from mlp_playground.experiment.doctor.verdict import verdict
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer

LOOK = Look(resolution=8, whole=True)


def snapshot(name: str, steps: int) -> tuple[Trainer, Snapshot]:
    trainer = Trainer(GALLERY[name].config)
    for _ in range(steps):
        trainer.step()
    return trainer, observe(trainer, LOOK)


def test_the_original_goes_on_to_the_bit_and_the_copy_as_if_the_cure_had_been_applied_to_the_run() -> None:
    trainer, now = snapshot("spiral", 130)
    kept = now.theta.copy()
    cure = cures.smaller_steps(trainer.config)
    bench = Bench(wish_of(now, cure))
    states = []
    while not bench.is_done:
        states.append(bench.advance(0.02))
    end = states[-1]
    assert end.done == end.epochs == 60
    assert [state.verdict for state in states[:-1]] == [None] * (len(states) - 1)
    assert np.array_equal(now.theta, kept)
    other = Trainer(trainer.config)
    other.go_to(trainer.moment())
    other.adopt(cure.change(trainer.config).after)
    for run, half in ((trainer, end.original), (other, end.treated)):
        while run.progress < half.snapshot.present.progress:
            run.step()
        assert np.array_equal(run.network.theta, half.snapshot.theta)
        assert half.snapshot.field is not None
    assert end.original.snapshot.curves[0, -1] >= 65


def test_a_cure_of_the_first_weights_lets_both_begin_at_epoch_0() -> None:
    trainer, now = snapshot("saturated", 40)
    bench = Bench(wish_of(now, cures.first_weights()))
    state = bench.advance(0)
    assert state.start == 0
    assert state.original.snapshot.curves[1, 0] == Trainer(trainer.config).measure().train_loss
    assert state.treated.snapshot.config.network.initializer == "auto"


def test_digits_are_counted_class_by_class_and_share_their_samples() -> None:
    trainer, now = snapshot("mnist", 30)
    bench = Bench(wish_of(now, cures.weight_decay(now.config)))
    half = bench.advance(0).treated
    assert half.snapshot.material.X is trainer.material.X
    assert half.by_class is not None
    counts = np.bincount(now.data.test.y.astype(int))
    accuracy = half.snapshot.metrics.test_accuracy
    assert accuracy is not None
    assert np.isclose((half.by_class * counts).sum() / counts.sum(), accuracy)
    assert 3 <= n_epochs(trainer.config, trainer.material, 0) <= 60


def test_a_run_that_diverges_is_the_worse_one_and_stops() -> None:
    _, now = snapshot("large-steps", 2)
    bench = Bench(wish_of(now, cures.learning_rate(100.0)))
    end = bench.advance()
    assert end.treated.diverged
    assert end.verdict is not None
    assert end.verdict.helps is False
    assert "diverged" in end.verdict.words
    original, treated = (end.original.snapshot, False), (end.treated.snapshot, True)
    assert verdict(treated, original).helps
    assert verdict(original, original).helps is None
