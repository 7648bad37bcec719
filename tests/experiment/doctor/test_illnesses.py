"""Each illness is found where it was provoked, and nowhere in runs that learn well; its cure helps there, measured."""

from __future__ import annotations

import pytest

from mlp_playground.experiment.config import DataConfig, ExperimentConfig, TrainingConfig
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.doctor import trial
from mlp_playground.experiment.doctor.case import case_of_run
from mlp_playground.experiment.doctor.cures import larger_steps
from mlp_playground.experiment.doctor.finding import Bars, Lines
from mlp_playground.experiment.doctor.fit import straightness
from mlp_playground.experiment.doctor.illnesses import ILLNESSES, diagnose
from mlp_playground.experiment.doctor.trial import Bench, wish_of
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from tests.experiment.doctor.provoked import PROVOKED, example, run


def found(trainer: Trainer, diverged: str = "") -> list[str]:
    return [finding.illness for finding in diagnose(case_of_run(trainer, diverged))]


def test_each_illness_is_found_where_it_was_provoked_with_its_evidence_and_the_cure_helps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trial, "LEAST", 40)
    monkeypatch.setattr(trial, "MOST", 40)
    assert set(PROVOKED) == set(ILLNESSES)
    for illness, (config, epochs) in PROVOKED.items():
        trainer, diverged = run(config, epochs)
        findings = diagnose(case_of_run(trainer, diverged))
        assert [each.illness for each in findings] == [illness]
        finding = findings[0]
        assert len(finding.facts) >= 2
        assert all(any(c.isdigit() for c in value) or illness == "symmetry" for _, value in finding.facts[:1])
        if isinstance(finding.picture, Bars):
            assert len(finding.picture.names) == len(finding.picture.values)
            assert finding.picture.ill
        elif isinstance(finding.picture, Lines):
            assert len(finding.picture.train) == len(finding.picture.test) == len(finding.picture.epochs)
        bench = Bench(wish_of(observe(trainer, Look(resolution=8, whole=True)), finding.cure))
        verdict = bench.advance().verdict
        assert verdict is not None
        assert verdict.helps, (illness, verdict.words)


def test_larger_steps_are_larger_whatever_they_are_now() -> None:
    for optimizer, rate, wanted in (("adam", 1e-5, 0.01), ("sgd", 1e-3, 0.1), ("adam", 0.05, 0.5), ("sgd", 0.3, 3.0)):
        config = ExperimentConfig().changed("training", optimizer=optimizer, learning_rate=rate)
        assert larger_steps(config, 1e-9).change(config).after.training.learning_rate == wanted


def test_what_follows_from_another_illness_is_not_told_beside_it() -> None:
    trainer, _ = run(example("dead"), 30)
    case = case_of_run(trainer)
    assert ILLNESSES["dead"].look(case) is not None
    assert "small" in ILLNESSES["dead"].explains
    zeros = example("circle", 4, 4).changed("network", initializer="zeros")
    assert found(run(zeros, 20)[0]) == ["symmetry"]  # they are dead too, and one class is answered to all


def test_zero_answers_are_not_dead_neurons() -> None:
    trainer, _ = run(example("circle"), 20)
    case = case_of_run(trainer)
    zeros = case.layers[0].zeros
    assert zeros is not None
    assert 0.3 < zeros < 0.7
    assert ILLNESSES["dead"].look(case) is None


@pytest.mark.parametrize("name", ["circle", "gaussian", "features", "sine", "parity", "xor-four", "mnist"])
def test_a_run_that_learns_well_raises_no_alarm(name: str) -> None:
    trainer, epochs = Trainer(GALLERY[name].config), min(GALLERY[name].epochs, 60)
    for epoch in range(epochs + 1):
        if epoch in {0, 1, 2} or epoch % max(epochs // 6, 1) == 0:
            assert found(trainer) == []
        if epoch < epochs:
            trainer.run_epoch()


def test_points_of_two_classes_that_can_not_be_told_apart_do_not_make_a_network_too_small() -> None:
    noisy = GALLERY["circle"].config.changed("data", noise=0.5)
    trainer, _ = run(noisy.changed("network", hidden=(2,), activations=("tanh",)), 60)
    case = case_of_run(trainer)
    assert case.wrong > 0.2
    assert case.neighbours_wrong > 0.2  # no network could do much better
    assert ILLNESSES["small"].look(case) is None


def test_at_the_end_of_a_schedule_a_cure_begins_again_as_going_on_would_change_nothing() -> None:
    trainer, _ = run(example("xor-one", schedule="linear", planned_epochs=60), 60)
    (finding,) = diagnose(case_of_run(trainer))
    assert finding.illness == "small"
    assert finding.cure.restarts
    assert finding.cure.words.endswith("start again")


def test_one_neurons_border_is_straight_and_a_ring_is_not() -> None:
    assert straightness(case_of_run(run(example("xor-one"), 30)[0])) > 0.98
    assert straightness(case_of_run(run(example("circle"), 30)[0])) < 0.9
    line = GALLERY["sine"].config.changed("network", hidden=(), activations=())
    assert straightness(case_of_run(run(line, 5)[0])) == pytest.approx(1)
    assert straightness(case_of_run(run(example("sine"), 60)[0])) < 0.7


@pytest.mark.parametrize("name", ["xor", "spiral3", "plane", "parity"])
def test_a_handful_of_samples_is_no_ground_for_judgement_and_no_error(name: str) -> None:
    few = {"name": name, "samples": 10, "test_share": 0.7}
    config = ExperimentConfig(data=DataConfig(**few), training=TrainingConfig(batch_size=1))  # type: ignore[arg-type]
    trainer, diverged = run(config, 120)
    assert set(found(trainer, diverged)) <= {"dead", "saturation"}


def test_steps_that_a_schedule_makes_small_are_not_too_small() -> None:
    slow = example("circle", optimizer="sgd", learning_rate=1e-3)
    assert found(run(slow.changed("training", learning_rate=1e-4), 15)[0]) == ["low-rate"]
    warm = slow.changed("training", schedule="warm-up", planned_epochs=1000)
    trainer, _ = run(warm, 15)
    case = case_of_run(trainer)
    assert max(case.checkup.updates or ()) < 1e-4
    assert found(trainer) == []
    assert case.has_small_steps
    assert not case.is_near_end


def test_what_was_before_a_change_is_not_held_against_what_comes_after_it() -> None:
    trainer, _ = run(example("xor-one"), 60)
    (finding,) = diagnose(case_of_run(trainer))
    change = finding.cure.change(trainer.config)
    trainer.adopt(change.after, change.lineage)
    trainer.run_epoch()
    case = case_of_run(trainer)
    assert case.since[0] == pytest.approx(60, abs=2)  # the last moment before it that is kept
    assert case.curves[0][0] >= 58
    assert found(trainer) == [], "the plateau was another network's"
    overfit, _ = run(example("overfit"), 100)
    (finding,) = diagnose(case_of_run(overfit))
    overfit.adopt(finding.cure.change(overfit.config).after)
    for _ in range(40):
        overfit.run_epoch()
    assert found(overfit) == []


def test_a_run_that_diverges_within_an_epoch_after_a_change_is_told_of_without_a_curve() -> None:
    trainer, _ = run(example("large-steps", batch_size=10, learning_rate=0.01), 3)
    for _ in range(5):
        trainer.step()
    trainer.adopt(trainer.config.changed("training", learning_rate=500.0))
    with pytest.raises(Diverged) as error:
        trainer.run_epoch()
    diverged = str(error.value)
    (finding,) = diagnose(case_of_run(trainer, diverged))
    assert finding.illness == "divergence"
    assert finding.facts[0][1]
    assert isinstance(finding.picture, Lines)
    assert len(finding.picture.epochs) == 0
