"""Maps by neighbours, a little at a time."""

from __future__ import annotations

import numpy as np

from mlp_playground.experiment.config import DIGITS_DEFAULT, ExperimentConfig, NetworkConfig
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.experiment.tsne_question import begin, go_on


def _snapshot(config: ExperimentConfig) -> Snapshot:
    return observe(Trainer(config), Look(resolution=16))


def _config(*hidden: int) -> ExperimentConfig:
    network = NetworkConfig(hidden=hidden, activations=("tanh",) * len(hidden))
    return ExperimentConfig(network=network).changed("data", samples=40)


def test_it_begins_with_the_main_directions_and_comes_to_an_end() -> None:
    work = begin(_snapshot(_config(5, 2, 4)))
    assert not work.found.is_of_neighbours
    first = work.found.sheets
    shares = [work.done]
    while work.done < 1:
        work = go_on(work)
        shares.append(work.done)
    assert shares == sorted(shares)
    assert work.found.is_of_neighbours
    kept = [l for l, sheet in enumerate(work.found.sheets) if sheet is first[l]]
    assert kept == [0, 2, 4], "layers of one or two numbers are maps themselves"
    for sheet in work.found.sheets:
        assert np.abs(sheet.points).max() <= 1 + 1e-6


def test_where_there_is_nothing_to_unfold_it_is_done_at_once() -> None:
    assert begin(_snapshot(_config(1))).done == 1


def test_of_many_samples_it_takes_a_thousand() -> None:
    work = begin(_snapshot(_config(3).changed("data", samples=3000, test_share=0.25)))
    assert (len(work.start.samples), work.start.samples.n_train) == (1000, 750)
    digits = begin(_snapshot(DIGITS_DEFAULT.changed("network", hidden=(4, 4))))
    assert (len(digits.start.samples), digits.start.samples.n_train) == (1000, 0)
