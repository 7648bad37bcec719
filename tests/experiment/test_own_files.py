"""The user's own data in files and texts: they come back equal, and a run goes on with them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import ExperimentConfig
from mlp_playground.experiment.document import Document, load, save
from mlp_playground.experiment.share import from_text, to_link, to_text
from mlp_playground.experiment.trainer import Trainer


def config(n: int = 40) -> ExperimentConfig:
    rng = np.random.default_rng(0)
    own = OwnData("mine", "binary", Samples(rng.normal(size=(2, n)).astype("f4"), np.arange(n) % 2))
    return ExperimentConfig().changed("data", name="own", own=own)


def test_file(tmp_path: Path) -> None:
    t = Trainer(config())
    t.run_epoch()
    save(Document(t.moment()), tmp_path / "a.mlp")
    again = load(tmp_path / "a.mlp")
    assert again.moment.config == config()
    assert zipfile.ZipFile(tmp_path / "a.mlp").namelist()[-2:] == ["data/X.npy", "data/y.npy"]
    other = Trainer(ExperimentConfig())
    other.go_to(again.moment)
    for each in (t, other):
        each.run_epoch()
    assert other.network.theta.tobytes() == t.network.theta.tobytes()


def test_text() -> None:
    for way in (to_text, to_link):
        assert from_text(way(config())) == config()
        with pytest.raises(InvalidValue, match="save a file instead"):
            way(config(1000))


def test_v1(tmp_path: Path) -> None:
    content = json.loads((Path(__file__).parent / "files/v1.json").read_text())
    content["config"]["data"]["own"] = {"digest": "a"}
    (tmp_path / "a").write_text(json.dumps(content))
    with pytest.raises(InvalidValue, match="is missing in it"):
        load(tmp_path / "a")
