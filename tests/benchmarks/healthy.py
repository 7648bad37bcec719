"""`make healthy`: runs of the gallery that learn well, and those that are ill on purpose, before the doctor's eyes.

Each healthy run is looked at 20 times on its way, and raises an alarm if one of these looks finds anything. Of each
illness ten runs are looked at when it should show, and its cure is tried where it was found.
"""

from __future__ import annotations

import os
import sys
from collections import Counter

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy

from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.divergence import Diverged
from mlp_playground.experiment.doctor.case import case_of_run
from mlp_playground.experiment.doctor.illnesses import diagnose
from mlp_playground.experiment.doctor.trial import Bench, wish_of
from mlp_playground.experiment.gallery import GALLERY
from mlp_playground.experiment.snapshot import Look, observe
from mlp_playground.experiment.trainer import Trainer
from tests.experiment.doctor.provoked import PROVOKED, run

HEALTHY = (
    "xor-four", "circle", "gaussian", "spiral", "features", "three-arms", "sine", "parity", "deep", "overfit-l2",
    "mnist",
)  # fmt: skip
"""The gallery's examples that show how networks learn; all others show how they don't."""
LOOKS = 20
ALLOWED = 3
RUNS, SEEDS = 50, 10


def healthy_runs() -> list[tuple[str, ExperimentConfig]]:
    """`RUNS` of them: each example with one seed after another for points, first weights and order."""
    runs = []
    for seed in range(-(-RUNS // len(HEALTHY))):
        for name in HEALTHY:
            config = GALLERY[name].config
            runs.append((name, config.changed("data", seed=config.data.seed + seed).changed(seed=config.seed + seed)))
    return runs[:RUNS]


def alarms(name: str, config: ExperimentConfig) -> Counter[str]:
    """How often each illness is found in the looks at a run of an example."""
    trainer, epochs, found = Trainer(config), GALLERY[name].epochs, Counter[str]()
    due = {round(epochs * i / LOOKS) for i in range(LOOKS + 1)}
    for epoch in range(epochs + 1):
        if epoch in due:
            found.update(finding.illness for finding in diagnose(case_of_run(trainer)))
        try:
            trainer.run_epoch()
        except Diverged as error:
            found.update(finding.illness for finding in diagnose(case_of_run(trainer, str(error))))
            break
    return found


def cures(illness: str) -> Counter[str]:
    """How often an illness is found where it was provoked, and what its cure does."""
    config, epochs = PROVOKED[illness]
    result = Counter[str]()
    for seed in range(SEEDS):
        other = config.changed("data", seed=config.data.seed + seed).changed(seed=config.seed + seed)
        trainer, diverged = run(other, epochs)
        findings = {each.illness: each for each in diagnose(case_of_run(trainer, diverged))}
        if illness in findings:
            snapshot = observe(trainer, Look(resolution=8, whole=True))
            verdict = Bench(wish_of(snapshot, findings[illness].cure)).advance().verdict
            result.update(["found", {True: "helps", False: "worse", None: "unclear"}[verdict and verdict.helps]])
        else:
            result.update([f"{name} instead" for name in findings] or ["nothing"])
    return result


def main() -> None:
    """All of them."""
    raised = 0
    for name, config in healthy_runs():
        found = alarms(name, config)
        raised += bool(found)
        print(f"{name:12} seed {config.seed:2}  {dict(found) if found else 'none'}")
        sys.stdout.flush()
    print(f"\n{raised} of {RUNS} healthy runs raise an alarm; {ALLOWED} may\n")
    for illness in PROVOKED:
        print(f"{illness:12} {dict(cures(illness))}")
        sys.stdout.flush()
    sys.exit(raised > ALLOWED)


if __name__ == "__main__":
    main()
