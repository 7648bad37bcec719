"""The experiment as a file: it comes back to the bit, whole or not at all, and damage is told in words."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp_playground.data.dataset import Samples
from mlp_playground.data.own import OwnData
from mlp_playground.errors import InvalidValue
from mlp_playground.experiment import document as module
from mlp_playground.experiment.config import ExperimentConfig, parse
from mlp_playground.experiment.document import TEXT, Document, load, save
from mlp_playground.experiment.moment import Moment
from mlp_playground.experiment.runs import Run, Runs, pin
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.experiment.versions import FORMAT

CONFIG = parse({"network": {"hidden": [3, 2], "activations": ["relu", "tanh"]}, "training": {"l1": 0.1}, "seed": 4})
N = 20
"""What this network has of parameters."""


def example() -> Document:
    """With everything that a file can have."""
    trainer = Trainer(CONFIG)
    for _ in range(60):
        trainer.step()
    rng = np.random.default_rng(7)
    rng.integers(5, dtype=np.uint32)  # leaves half of a 64-bit number for the next time
    memory = {"m": rng.normal(size=N).astype("f4"), "v": rng.random(N, np.float32), "t": np.array([60])}
    moment = replace(
        trainer.moment(),
        run_id=0,
        position=10,
        order=rng.permutation(250),
        memory=memory,
        generators={"order": rng.bit_generator.state, "dropout": np.random.default_rng(8).bit_generator.state},
    )
    view = {"zoom": 1.5, "dark": True, "layer": None, "focus": 2, "name": "größer\n\udcff"}
    return Document(moment, view, datetime(2026, 1, 31, 12, 30, 15, 123456, timezone.utc), kept())


def kept() -> Runs:
    """One run of toy data, and one of samples of its own."""
    X = np.random.default_rng(9).normal(size=(2, 30)).astype(np.float32)
    own = OwnData("drawn", "binary", Samples(X, (X[0] > X[1]).astype(np.int64)))
    runs = Runs()
    for config in (CONFIG, CONFIG.changed("data", name="own", own=own)):
        trainer = Trainer(config)
        trainer.step()
        runs = pin(runs, trainer.moment())
    return runs


EXAMPLE = example()


def changed(**values: Any) -> Document:
    if "curves" in values:
        values.setdefault("seconds", np.empty(0))  # else they would be too many
    return replace(EXAMPLE, moment=replace(EXAMPLE.moment, **values))


def written(folder: Path, document: Document = EXAMPLE) -> Path:
    path = folder / "run.mlp"
    save(document, path)
    return path


def bits(value: object) -> object:
    """Something to compare that no rounding gets past: arrays by type, shape and bytes. A run's past has tests of its
    own, and its number is of the session."""
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    if isinstance(value, Mapping):
        return {name: bits(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [bits(part) for part in value]
    if isinstance(value, Document | Moment | Runs | Run):
        apart = ("past", "run_id") + (("kept",) if isinstance(value, Moment) else ())
        return [bits(getattr(value, part.name)) for part in fields(value) if part.name not in apart]
    return type(value), value


def arrays(moment: Moment) -> list[np.ndarray]:
    assert moment.order is not None
    return [moment.theta, moment.curves, moment.order, *moment.memory.values()]


# -- there and back -------------------------------------------------------------------------------------------------


def test_a_document_comes_back_to_the_bit(tmp_path: Path) -> None:
    again = load(written(tmp_path))
    assert bits(again) == bits(EXAMPLE)
    assert not any(array.flags.writeable for array in arrays(again.moment))


def test_a_generator_goes_on_where_it_was(tmp_path: Path) -> None:
    first, second = np.random.default_rng(3), np.random.default_rng()
    first.integers(5, dtype=np.uint32)  # leaves half of a 64-bit number for the next time
    document = changed(generators={"order": first.bit_generator.state})
    second.bit_generator.state = load(written(tmp_path, document)).moment.generators["order"]
    assert (
        second.integers(1000, size=9, dtype=np.uint32).tolist()
        == first.integers(1000, size=9, dtype=np.uint32).tolist()
    )


def test_what_a_trainer_has_comes_back_and_runs(tmp_path: Path) -> None:
    trainer = Trainer(CONFIG)
    trainer.run_epoch()
    again = load(written(tmp_path, Document(trainer.moment())))
    assert bits(again.moment) == bits(replace(trainer.moment(), run_id=0))
    other = Trainer(ExperimentConfig())
    other.go_to(again.moment)
    other.run_epoch()
    assert (other.config, other.epoch) == (CONFIG, 2)


FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)
COUNTS = st.integers(0, 2**53)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.text()
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    n, samples = draw(st.integers(0, 40)), draw(st.integers(1, 30))
    row = st.lists(FLOATS, min_size=n, max_size=n).map(lambda numbers: np.array(numbers, np.float32))
    curves = draw(
        st.integers(0, 2**32).map(lambda seed: np.random.default_rng(seed).integers(0, 2**63, (5, n)).view("f8"))
    )
    curves[0] = np.sort(
        np.array(draw(st.lists(st.integers(0, 2**53), min_size=n, max_size=n, unique=True)), np.float64)
    )
    order = draw(st.none() | st.permutations(range(samples)).map(lambda order: np.array(order, np.int64)))
    rng = np.random.default_rng(draw(st.integers(0, 2**64)))
    rng.integers(5, size=draw(st.integers(0, 3)), dtype=np.uint32)
    names = st.text("abcXYZ_019", min_size=1, max_size=40)
    curves = curves[:, np.diff(curves[0], prepend=-1) > 0]
    records = curves.shape[1]
    clock = np.cumsum(draw(st.lists(st.floats(0, 1e6), min_size=records, max_size=records)))
    moment = Moment(
        CONFIG.changed("training", batch_size=draw(st.integers(0, 12))),
        draw(row),
        draw(COUNTS),
        draw(COUNTS),
        curves,
        draw(COUNTS.filter(bool)),
        0,
        order,
        draw(st.dictionaries(names, row | COUNTS.map(np.array), max_size=4)),
        draw(st.dictionaries(st.text(), st.just(rng.bit_generator.state), max_size=3)),
        seconds=draw(st.sampled_from([clock, np.full(records, np.nan), np.empty(0)])),
        trained=draw(st.floats(0, 1e12)),
    )
    when = st.datetimes(timezones=st.just(timezone.utc))
    return Document(moment, draw(st.dictionaries(st.text(), SCALARS, max_size=4)), draw(st.none() | when))


@settings(max_examples=60)
@given(documents())
def test_any_document_comes_back_to_the_bit(document: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert bits(load(written(Path(folder), document))) == bits(document)


def test_a_run_that_diverged_can_be_saved_too(tmp_path: Path) -> None:
    curves = np.array([[0.0, 1.0], [0.5, np.inf], [0.5, np.inf], [np.nan, np.nan], [np.nan, np.nan]])
    assert bits(load(written(tmp_path, changed(curves=curves))).moment.curves) == bits(curves)


def test_the_time_is_in_utc_and_now_unless_told(tmp_path: Path) -> None:
    east = datetime(2026, 1, 31, 14, 30, tzinfo=timezone(timedelta(hours=2)))
    assert load(written(tmp_path, replace(EXAMPLE, saved_at=east))).saved_at == datetime(
        2026, 1, 31, 12, 30, tzinfo=timezone.utc
    )
    before = datetime.now(timezone.utc)
    fresh = Document(EXAMPLE.moment).saved_at
    assert fresh is not None
    assert before <= fresh <= datetime.now(timezone.utc)


# -- saving ---------------------------------------------------------------------------------------------------------


def test_saving_leaves_the_file_and_nothing_else(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["run.mlp"]


def test_a_failure_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    path = written(tmp_path)
    old = path.read_bytes()
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match=r"No space left on device: .*run\.mlp"):
        save(changed(epoch=7), path)
    assert path.read_bytes() == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.mlp"]


def test_people_can_read_what_the_experiment_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path)) as file:
        assert file.testzip() is None
        text = file.read(TEXT).decode("ascii")
        theta = np.load(io.BytesIO(file.read("parameters.npy")), allow_pickle=False)
        names = set(file.namelist())
    assert '      "learning_rate": 0.01,' in text.splitlines()
    assert '  "saved": "2026-01-31T12:30:15.123456+00:00",' in text.splitlines()
    state = json.loads(text)["generators"]["order"]["state"]
    assert state == {name: str(n) for name, n in EXAMPLE.moment.generators["order"]["state"].items()}
    assert theta.tobytes() == EXAMPLE.moment.theta.tobytes()
    past = {f"past/0/{name}.npy" for name in ("thetas", "places", "metrics")}
    run = {"parameters.npy", "curves.npy", "seconds.npy", "order.npy", "memory/m.npy", "memory/v.npy", "memory/t.npy"}
    other = {name for name in names if name.startswith("runs/")}
    assert {"runs/0/parameters.npy", "runs/1/memory/m.npy", "runs/1/data/X.npy"} <= other
    assert names == {TEXT} | run | past | other


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        save(EXAMPLE, tmp_path / "nowhere" / "run.mlp")


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"run\.mlp"):
        load(tmp_path / "run.mlp")


def test_a_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        load(tmp_path)


# -- what no run could have is neither saved nor loaded -------------------------------------------------------------

ROW = np.zeros(N, np.float32)
FLAT = np.zeros((5, 2))
FLAT[0] = 0, 1
BACK = np.zeros((5, 2))
NO_STATE = {"bit_generator": "PCG64", "state": {"state": 1, "inc": 1}, "has_uint32": 0, "uinteger": 0}

IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "NaN": ({"theta": np.append(ROW, np.float32("nan"))}, "parameters: 'NaN or infinity'"),
    "infinity": ({"theta": np.append(ROW, np.float32("inf"))}, "parameters: 'NaN or infinity'"),
    "float64": ({"theta": np.zeros(N)}, "parameters: 'float64 of the shape"),
    "a matrix": ({"theta": ROW.reshape(4, 5)}, "parameters: 'float32 of the shape"),
    "too many": ({"theta": np.zeros(10_000, np.float32), "memory": {}}, "parameters"),
    "NaN remembered": ({"memory": {"v": ROW * np.float32("nan")}}, "memory v: 'NaN or infinity'"),
    "too few remembered": ({"memory": {"v": ROW[1:]}}, "memory v: '19 numbers'"),
    "float64 remembered": ({"memory": {"v": np.zeros(N)}}, "memory v: 'float64"),
    "two counts": ({"memory": {"t": np.array([1, 2])}}, "memory t: 'int64"),
    "a negative count": ({"memory": {"t": np.array(-1)}}, "memory t: 'int64"),
    "a path as a name": ({"memory": {"../v": ROW}}, "arrays 5"),
    "a long name": ({"memory": {"v" * 41: ROW}}, "arrays 5"),
    "too much memory": ({"memory": {f"v{i}": ROW for i in range(15)}}, "arrays"),
    "four curves": ({"curves": FLAT[:4]}, "curves"),
    "curves in a row": ({"curves": FLAT.ravel()}, "curves"),
    "curves of float32": ({"curves": FLAT.astype(np.float32)}, "curves"),
    "an epoch of NaN": ({"curves": FLAT * np.nan}, "curves"),
    "epochs backwards": ({"curves": FLAT[:, ::-1]}, "curves"),
    "one epoch twice": ({"curves": BACK}, "curves"),
    "an epoch below 0": ({"curves": FLAT - 1}, "curves"),
    "a second too many": ({"seconds": np.zeros(9)}, "seconds: 'float64 of the shape"),
    "seconds of float32": ({"seconds": np.zeros(3, np.float32)}, "seconds: 'float32"),
    "a clock that goes back": ({"seconds": np.array([2.0, np.nan, 1])}, "seconds: 'a clock that goes back"),
    "infinite seconds": ({"seconds": np.array([0, 1, np.inf])}, "seconds"),
    "trained backwards": ({"trained": -1.0}, "trained"),
    "twice the same sample": ({"order": np.zeros(250, np.int64)}, "order"),
    "a sample too many": ({"order": np.arange(1, 251)}, "order"),
    "a sample below 0": ({"order": np.arange(250) - 1}, "order"),
    "no sample": ({"order": np.zeros(0, np.int64), "position": 0}, "order"),
    "an order of floats": ({"order": np.arange(250.0)}, "order: 'float64"),
    "an order in a matrix": ({"order": np.arange(250).reshape(2, 125)}, "order: 'int64"),
    "position behind the last": ({"position": 25}, "position: 25"),
    "position without an order": ({"position": 1, "order": None}, "position: 1"),
    "position below 0": ({"position": -1}, "position: -1"),
    "epoch below 0": ({"epoch": -1}, "epoch: -1"),
    "half an epoch": ({"epoch": 1.5}, "epoch: 1.5"),
    "true steps": ({"steps": True}, "steps: True"),
    "endless steps": ({"steps": 2**53 + 1}, "steps: 9007199254740993"),
    "no stride": ({"curve_stride": 0}, "curve stride: 0"),
    "another generator": (
        {"generators": {"a": {**NO_STATE, "bit_generator": "MT19937"}}},
        "generators a bit generator",
    ),
    "too large a state": (
        {"generators": {"a": {**NO_STATE, "state": {"state": 2**128, "inc": 1}}}},
        "generators a state",
    ),
    "a negative state": ({"generators": {"a": {**NO_STATE, "state": {"state": -1, "inc": 1}}}}, "generators a state"),
    "half a state": ({"generators": {"a": {**NO_STATE, "state": {"state": 1}}}}, "generators a state inc"),
    "a large rest": ({"generators": {"a": {**NO_STATE, "uinteger": 2**32}}}, "generators a uinteger"),
    "two flags": ({"generators": {"a": {**NO_STATE, "has_uint32": 2}}}, "generators a has uint32"),
}


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_what_could_not_be_loaded_is_not_saved(kind: str, tmp_path: Path) -> None:
    values, named = IMPOSSIBLE[kind]
    with pytest.raises(InvalidValue, match=f"^{named}.* is not allowed; it must be "):
        save(changed(**values), tmp_path / "run.mlp")
    assert list(tmp_path.iterdir()) == []


@contextmanager
def careless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Save whatever there is."""
    with monkeypatch.context() as patch:
        patch.setattr(module.moment_content, "check", lambda _: None)
        patch.setattr(module, "checked", lambda *_: None)
        patch.setattr(module.kept, "check", lambda *_: None)
        yield


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_what_is_not_saved_is_not_loaded_either(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values, named = IMPOSSIBLE[kind]
    with careless(monkeypatch):
        path = written(tmp_path, changed(**values))
    with pytest.raises(InvalidValue, match=f"^{named}"):
        load(path)


@pytest.mark.parametrize("odd", [[1], {"a": 1}, float("nan"), float("inf"), 2**53 + 1, b"a", (1, 2)])
def test_a_view_of_other_things_is_not_saved(odd: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"^view zoom: .* a plain value"):
        written(tmp_path, replace(EXAMPLE, view={"zoom": odd}))


# -- damage ---------------------------------------------------------------------------------------------------------


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            file.writestr(name, content)
    return path


def altered(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """A file with another experiment.json and the arrays of EXAMPLE."""
    path = written(folder)
    parts = members(path)
    content = json.loads(parts[TEXT])
    change(content)
    return packed(path, {**parts, TEXT: json.dumps(content).encode()})


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"[1, 2", b"hello", b"[" * 100_000, b'{"epoch": ' + b"9" * 5000 + b"}", b"[NaN]"],
    ids=["empty", "cut off", "not UTF-8", "cut off list", "words", "deep", "huge number", "NaN"],
)
def test_what_is_no_experiment_is_refused(content: bytes, tmp_path: Path) -> None:
    plain = tmp_path / "run.mlp"
    plain.write_bytes(content)
    for path in (plain, packed(tmp_path / "zip.mlp", {TEXT: content})):
        with pytest.raises(
            InvalidValue, match=rf"^file: '{path.name}' is not allowed; it must be an experiment that this"
        ):
            load(path)


@pytest.mark.parametrize("text", ["null", "3", "[]", "{}", '{"format": "other"}', '{"format": [1]}'])
def test_other_json_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.mlp"
    path.write_text(text)
    for each in (path, packed(tmp_path / "zip.mlp", {TEXT: text.encode()})):
        with pytest.raises(InvalidValue, match=f"an experiment that this program saved .*{FORMAT}"):
            load(each)


def test_another_zip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"^file: 'run\.mlp'.* “experiment\.json” is missing in it"):
        load(packed(tmp_path / "run.mlp", {"word/document.xml": b"<a/>"}))


def test_a_text_without_weights_is_not_a_file(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(members(written(tmp_path))[TEXT])
    with pytest.raises(InvalidValue, match=r"^file: 'run\.json'.*paste it"):
        load(path)


@pytest.mark.parametrize("name", ["parameters", "curves", "order", "memory/m", "memory/v", "memory/t"])
def test_a_missing_array_is_named(name: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    parts = members(path)
    del parts[f"{name}.npy"]
    with pytest.raises(InvalidValue, match=rf"^file: 'run\.mlp'.*“{name}\.npy” is missing in it"):
        load(packed(path, parts))


def test_members_of_somebody_else_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path)
    parts = {**members(path), "__MACOSX/._parameters.npy": b"junk", "memory/": b"", "memory/w.npy": b"junk"}
    assert bits(load(packed(path, parts))) == bits(EXAMPLE)


def test_an_array_larger_than_the_network_could_need_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path)
    parts = members(path)
    parts["memory/m.npy"] = bytes(50_000_000)
    with pytest.raises(InvalidValue, match=r"^memory/m\.npy: '50,000,000 bytes' is not allowed; it must be at most"):
        load(packed(path, parts))


def test_a_file_too_large_to_be_one_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setattr(module, "LARGEST", path.stat().st_size - 1)
    monkeypatch.setattr(Path, "read_bytes", None)
    with pytest.raises(InvalidValue, match="too large"):
        load(path)


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        with pytest.raises(InvalidValue, match=r"run\.mlp"):
            load(path)


@pytest.mark.parametrize("version", [4, 10**30])
def test_a_file_of_a_newer_program_is_refused(version: int, tmp_path: Path) -> None:
    path = altered(tmp_path, lambda content: content.update(version=version, config={"new": "field"}))
    with pytest.raises(
        InvalidValue, match=f"version: {version} is not allowed; it must be at most 3; this is from a newer"
    ):
        load(path)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("version", None, "version: None"),
        ("version", True, "version: True"),
        ("version", 0, "version: 0"),
        ("version", 1.5, "version: 1.5"),
        ("version", "2", "version: '2'"),
        ("config", None, "experiment"),
        ("config", {"seed": -1}, "seed"),
        ("config", {"data": {"owner": 1}}, "data owner"),
        ("epoch", "3", "epoch: '3'"),
        ("epoch", 1.0, "epoch: 1.0"),
        ("steps", None, "steps: None"),
        ("steps", 10**30, "steps"),
        ("position", [0], "position"),
        ("curve_stride", "2", "curve stride: '2'"),
        ("generators", None, "generators: None"),
        ("generators", [], r"generators: \[\] .* named values"),
        ("generators", {"a": {}}, "generators a bit generator: None .* given"),
        ("generators", {"a": {**NO_STATE, "state": {"state": 5, "inc": "1"}}}, "generators a state state: 5"),
        ("generators", {"a": {**NO_STATE, "state": {"state": "٣", "inc": "1"}}}, "generators a state state"),
        ("view", None, "view: None"),
        ("view", {"a": []}, "view a"),
        ("saved", 5, "saved: 5"),
        ("saved", "yesterday", "saved: 'yesterday' .* a time in UTC"),
        ("saved", "2026-01-31T12:00:00", "saved"),
        ("saved", "2026-01-31T12:00:00+02:00", "saved"),
        ("trained", -1.0, "trained: -1"),
        ("trained", "5", "trained: '5'"),
        ("runs", None, "runs"),
        ("runs", {"next_number": 0, "kept": []}, "runs next number: 0"),
        ("runs", {"next_number": 1, "kept": [{}]}, "runs kept 1"),
        ("runs", {"next_number": 1, "kept": [{}] * 25}, "runs kept"),
        ("arrays", None, "arrays: None"),
        ("arrays", ["parameters"], "arrays"),
        ("arrays", ["parameters", "curves", "curves"], "arrays"),
        ("arrays", ["parameters", "curves", "data/../x"], "arrays 3: 'data/../x'"),
        ("arrays", ["parameters", "curves", 1], "arrays 3: 1"),
        ("arrays", ["parameters", "curves", "memory/v\n"], "arrays 3"),
    ],
)
def test_a_wrong_field_is_named(field: str, value: Any, named: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=f"^{named}"):
        load(altered(tmp_path, lambda content: content.update({field: value})))


@pytest.mark.parametrize(
    "field", ["epoch", "steps", "position", "curve_stride", "generators", "view", "saved", "trained", "runs", "arrays"]
)
def test_a_missing_field_is_named(field: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=f"^{field.replace('_', ' ')}: None is not allowed; it must be given"):
        load(altered(tmp_path, lambda content: content.pop(field)))


def load_and_use(path: Path) -> None:
    """As the program does it: what `load` lets through must be refused by the trainer, or work."""
    try:
        trainer, document = Trainer(ExperimentConfig()), load(path)
        for moment in (document.moment, *(run.moment for run in document.runs.kept)):
            trainer.go_to(moment)
            trainer.step()
            trainer.history.table()
    except InvalidValue as error:
        assert " is not allowed; it must be " in str(error)  # noqa: PT017


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.lists(st.integers(-3, 3), max_size=3),
    st.just({}),
)


def damage(data: st.DataObject, content: dict[str, Any]) -> None:
    """Go down a random way into lists and objects, and change something there."""
    where: Any = content
    key: Any = data.draw(st.sampled_from(sorted(content)))
    while isinstance(where[key], dict | list) and where[key] and data.draw(st.booleans()):
        where = where[key]
        key = data.draw(st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where))))
    if isinstance(where, dict) and data.draw(st.booleans()):
        del where[key]
    else:
        where[key] = data.draw(ODD)


@settings(max_examples=150)
@given(data=st.data())
def test_damaged_content_is_used_or_refused(data: st.DataObject) -> None:
    def change(content: dict[str, Any]) -> None:
        for _ in range(data.draw(st.integers(1, 3))):
            damage(data, content)

    with tempfile.TemporaryDirectory() as folder:
        load_and_use(altered(Path(folder), change))


JSON = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@settings(max_examples=50)
@given(
    st.dictionaries(st.sampled_from(["version", "config", "epoch", "steps", "view", "arrays", "saved", "runs"]), JSON)
)
def test_any_json_is_used_or_refused(content: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        load_and_use(altered(Path(folder), lambda old: old.update(deepcopy(content))))


@settings(max_examples=150)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_damaged_bytes_are_used_or_refused(place: int, noise: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder))
        whole = path.read_bytes()
        place %= len(whole)
        path.write_bytes(whole[:place] + noise + whole[place + len(noise) :])
        load_and_use(path)
