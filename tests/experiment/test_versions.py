"""Files of every version open for ever, whatever the present one is."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlp_playground.errors import InvalidValue
from mlp_playground.experiment.config import parse
from mlp_playground.experiment.document import Document, load
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.experiment.versions import MIGRATIONS, VERSION

FILES = Path(__file__).parent / "files"
XOR = parse(
    {
        "data": {"name": "xor", "seed": 3},
        "network": {"hidden": [4], "activations": ["relu"]},
        "training": {"planned_epochs": 20},
        "seed": 3,
    }
)
"""Of all samples. They are never made anew: whatever changes, files like these are out there."""


def digest(array: np.ndarray | None) -> str:
    assert array is not None
    return sha256(array.tobytes()).hexdigest()[:16]


def runs_on(document: Document) -> None:
    trainer = Trainer(XOR.changed(seed=9))
    trainer.go_to(document.moment)
    assert trainer.measure().train_accuracy == 1
    trainer.run_epoch()
    assert trainer.history.table()[0].tolist() == list(range(22))


def test_there_is_a_way_up_from_every_version() -> None:
    assert list(MIGRATIONS) == list(range(1, VERSION))
    assert len(list(FILES.glob("v*"))) == VERSION


def test_version_1() -> None:
    document = load(FILES / "v1.json")
    moment = document.moment
    assert moment.config == XOR
    assert (moment.epoch, moment.steps, moment.curve_stride, moment.position) == (20, 500, 1, 0)
    assert (moment.order, moment.memory, moment.generators) == (None, {}, {})
    assert (document.view, document.saved_at) == ({}, None)
    assert digest(moment.theta) == "1d0b51185622f876"
    assert digest(moment.curves) == "a66b4194130ea4fe"
    runs_on(document)


def test_version_2() -> None:
    document = load(FILES / "v2.mlp")
    moment = document.moment
    assert moment.config == XOR
    assert (moment.epoch, moment.steps, moment.curve_stride, moment.position) == (20, 507, 1, 7)
    assert document.view == {"zoom": 1.5, "theme": "dark", "maps": True, "layer": None, "focus": 2}
    assert str(document.saved_at) == "2026-01-31 12:00:00+00:00"
    assert digest(moment.theta) == "99cd997f85d34eaa"
    assert digest(moment.curves) == "a66b4194130ea4fe"
    assert digest(moment.order) == "cfbc4df45254c0ea"
    assert {name: digest(array) for name, array in moment.memory.items()} == {
        "m": "f444fe00570da361",
        "v": "7f270f067eefd56d",
        "t": "b29b570e3b31c35e",
    }
    drawn = {}
    for name, state in moment.generators.items():
        rng = np.random.default_rng()
        rng.bit_generator.state = state
        drawn[name] = rng.integers(1000, size=5).tolist()
    assert drawn == {"order": [49, 114, 98, 572, 155], "dropout": [8, 898, 584, 455, 240]}
    runs_on(document)


def test_version_2_counted_no_seconds_and_kept_no_runs() -> None:
    document = load(FILES / "v2.mlp")
    assert document.runs.kept == ()
    assert document.moment.seconds.size == 0
    trainer = Trainer(XOR)
    trainer.go_to(document.moment)
    trainer.run_epoch()
    # of what nobody counted not even the rest is told: the sum would be wrong
    assert np.isnan(trainer.seconds)
    assert np.isnan(trainer.history.seconds()).all()


def test_version_3() -> None:
    document = load(FILES / "v3.mlp")
    moment = document.moment
    assert (moment.config, moment.steps, moment.trained) == (XOR, 507, 0.007445942006597761)
    assert (digest(moment.theta), digest(moment.curves)) == ("99cd997f85d34eaa", "a66b4194130ea4fe")
    assert digest(moment.seconds) == "c6d9414880810b38"
    first, second = document.runs.kept
    assert (first.number, first.title, first.style, first.seen, first.pinned) == (1, "größer", 5, False, True)
    assert (second.number, second.title, second.style, second.seen, second.pinned) == (2, "Run 2", 1, True, False)
    assert document.runs.next_number == 3
    assert first.moment.config == XOR.changed("training", learning_rate=0.1)
    assert (first.moment.epoch, digest(first.moment.theta)) == (5, "571a560ebaed088d")
    assert (second.moment.epoch, digest(second.moment.theta)) == (3, "9f71b12c9e625337")
    own = second.moment.config.data.own
    assert own is not None
    assert (len(own.samples), own.source) == (40, "drawn")
    runs_on(document)


def test_a_run_from_version_2_goes_on_as_if_it_had_not_been_saved() -> None:
    saved, unsaved = Trainer(XOR), Trainer(XOR)
    saved.go_to(load(FILES / "v2.mlp").moment)
    while unsaved.step_count < 507:
        unsaved.step()
    for trainer in (saved, unsaved):
        trainer.run_epoch()  # the rest of the one in which it was saved
    # not to the bit: the file was made on one machine, and another one may round differently
    assert saved.network.theta == pytest.approx(unsaved.network.theta, rel=1e-3, abs=1e-3)
    assert (saved.epoch, saved.step_count) == (unsaved.epoch, unsaved.step_count) == (21, 525)


# -- damage in version 1 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("epoch", -1, "epoch: -1"),
        ("epoch", True, "epoch: True"),
        ("steps", None, "steps: None"),
        ("curve_stride", "2", "curve stride: '2'"),
        ("parameters", None, "parameters: 'NoneType'"),
        ("parameters", [1.0, 2.0], "parameters: 'list'"),
        ("parameters", {}, "parameters: 'dict'"),
        ("parameters", {"base64": "AACAPw=="}, "parameters: 'dict'"),
        ("parameters", {"dtype": "float32", "base64": "", "more": 1}, "parameters: 'dict'"),
        ("parameters", {"dtype": "float64", "base64": "AACAPw=="}, "parameters dtype: 'float64'"),
        ("parameters", {"dtype": ["float32"], "base64": "AACAPw=="}, "parameters dtype"),
        ("parameters", {"dtype": "float32", "base64": None}, "parameters base64: None"),
        ("parameters", {"dtype": "float32", "base64": "AACAPw="}, "parameters base64: 'AACAPw='"),
        ("parameters", {"dtype": "float32", "base64": "AACA\nPw=="}, "parameters base64"),
        ("parameters", {"dtype": "float32", "base64": "ÄÖÜß"}, "parameters base64"),
        ("parameters", {"dtype": "float32", "base64": "AACA"}, "parameters base64: '3 bytes'"),
        ("parameters", {"dtype": "float32", "base64": "AADAfw=="}, "parameters: 'NaN or infinity'"),
        ("curves", None, "curves"),
        ("curves", [[1, 2]] * 4, "curves"),
        ("curves", [[1, 2]] * 4 + [[1]], "curves"),
        ("curves", [[None]] * 5, "curves"),
        ("curves", {"a": 1}, "curves"),
        ("curves", [[10**400]] * 5, "curves"),
        ("config", None, "experiment"),
        ("config", {"seed": -1}, "seed"),
    ],
)
def test_a_wrong_field_of_version_1_is_named(field: str, value: Any, named: str, tmp_path: Path) -> None:
    content = json.loads((FILES / "v1.json").read_text())
    path = tmp_path / "run.json"
    path.write_text(json.dumps({**content, field: value}))
    with pytest.raises(InvalidValue, match=f"^{named}"):
        load(path)


def test_version_1_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = (FILES / "v1.json").read_bytes().rstrip()
    path = tmp_path / "run.json"
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        with pytest.raises(InvalidValue, match=r"run\.json"):
            load(path)


def test_no_accuracy_in_version_1_is_none(tmp_path: Path) -> None:
    content = json.loads((FILES / "v1.json").read_text())
    content["curves"] = [[0, 1], [0.5, None], [0.5, 0.25], [None, None], [None, None]]
    path = tmp_path / "run.json"
    path.write_text(json.dumps(content))
    told = [[0, 1], [0.5, np.nan], [0.5, 0.25], [np.nan, np.nan], [np.nan, np.nan]]
    assert np.array_equal(load(path).moment.curves, told, equal_nan=True)
