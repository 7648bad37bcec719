"""The report's words and numbers, against what they are about and other ways to find them out."""

from __future__ import annotations

from html.parser import HTMLParser

import numpy as np
import pytest

from mlp_playground.experiment.config import MNIST, ExperimentConfig
from mlp_playground.experiment.put import Put
from mlp_playground.experiment.snapshot import Look, Snapshot, observe
from mlp_playground.experiment.trainer import Trainer
from mlp_playground.export.report import Facts, Fields, Grid, Lines, Pictures, Report, Words, report_of, results_of
from mlp_playground.export.report_facts import confusion, layers, results_table, settings, summary
from mlp_playground.export.report_history import changes
from mlp_playground.export.report_html import report_html
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import small
from mlp_playground.nn.network import Network
from mlp_playground.numerals import percent
from tests.export.subjects import BAD_NAME, config, table

VIEWS = ("boundary", "health", "network", "loss", "accuracy")
BAD = "<script>alert(1)</script> & \"'"
PICTURES = dict.fromkeys((*VIEWS, "digits"), ("image/svg+xml", b"<svg/>"))


def seen(experiment: ExperimentConfig, epochs: int = 3) -> Snapshot:
    trainer = Trainer(experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return observe(trainer, Look(whole=True))


def report(snapshot: Snapshot, fields: Fields | None = None) -> Report:
    return report_of(results_of(snapshot), fields or Fields(), VIEWS)


class Page(HTMLParser):
    """Collects texts, attributes and whether what is opened is closed."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.sources: list[str] = []
        self._open: list[str] = []
        self.feed(content.decode())
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for name, value in attributes if name in ("src", "href")]
        if tag not in ("meta", "img", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.texts.append(data.strip())


def test_the_page_needs_nothing_else_and_all_that_is_typed_stays_text() -> None:
    fields = Fields(BAD, BAD, BAD, BAD, f"{BAD}\n\nSecond")
    snapshot = seen(config(table("binary"), (4,)))
    content = report_html(report(snapshot, fields), PICTURES)
    page = Page(content)
    assert "script" not in page.tags
    assert page.tags.count("img") == 5
    assert all(source.startswith("data:image/") for source in page.sources)
    assert b"http" not in content
    assert page.texts.count(BAD) == 6  # as title twice, name, class, date and in the notes
    assert "Second" in page.texts
    assert BAD_NAME.split("\n")[0].replace('"""', "") in content.decode()
    assert content == report_html(report(snapshot, fields), PICTURES)


def test_what_is_left_empty_can_be_written_by_hand() -> None:
    empty = report(seen(config("circle", (3,))))
    assert any(isinstance(block, Lines) for section in empty.sections for block in section.blocks)
    assert report_html(empty, PICTURES).count(b'<span class="blank">') == 3
    written = report(seen(config("circle", (3,))), Fields(notes="one\n\n two "))
    notes = next(section for section in written.sections if section.title == "What I found out")
    assert notes.blocks == (Words("one"), Words("two"))


def test_results_are_those_of_the_run_and_counts_those_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    for experiment in (config("moons", (3,)), config("spiral5", (4,)), config(MNIST, (4,))):
        snapshot = seen(experiment, 1)
        header, rows = results_table(snapshot)
        assert header == ("", "training", "test")
        assert rows[2] == (
            "right", percent(snapshot.metrics.train_accuracy or 0), percent(snapshot.metrics.test_accuracy or 0),
        )  # fmt: skip
        found = confusion(snapshot)
        assert found is not None
        names, counts, shades = found
        Z = Network(snapshot.architecture, snapshot.theta).predict(snapshot.material.X_test)
        says = Z.argmax(axis=0) if len(Z) > 1 else (Z[0] > 0).astype(int)
        expected = metrics.confusion_matrix(snapshot.data.test.y, says, labels=range(len(snapshot.data.classes)))
        assert [[0 if each == "·" else int(each) for each in row[1:]] for row in counts] == expected.tolist()
        assert [row[0] for row in counts] == list(names[1:]) == list(snapshot.data.classes)
        assert np.trace(expected) / expected.sum() == pytest.approx(snapshot.metrics.test_accuracy)
        assert np.array(shades).max() <= 1
    numbers = seen(config(table("regression"), (3,)))
    assert confusion(numbers) is None
    rows = {row[0]: row[1:] for row in results_table(numbers)[1]}
    subject = Subject.of_snapshot(numbers)
    target = subject.target
    assert target is not None
    truth = (numbers.data.test.y - target.offset) / target.factor
    answers = subject.answers(numbers.data.test.X)[0]
    assert rows["typical error"][1] == small(float(np.median(np.abs(answers - truth))))
    assert rows["explained (R²)"][1] == percent(metrics.r2_score(truth, answers))


def test_settings_and_layers_are_told_in_words() -> None:
    experiment = config(
        "spiral", (4, 3), ("relu", "tanh"), ("x1", "sin(x2)"), off=((0, 1),), frozen=((0, 0), (1, 1)),
        training={"schedule": "cosine", "l1": 0.001, "dropout": 0.25, "clip_norm": 2, "batch_size": 0},
        data_more={"noise": 0.1},
    )  # fmt: skip
    snapshot = seen(experiment)
    told = dict(settings(snapshot))
    assert told["Data"] == "spiral, 30 samples to learn from, 30 to test on, noise 10.0\u202f%, turns 1.75, seed 0"
    assert told["Features"] == "x₁, sin x₂"
    assert told["Network"] == "2–4–3–1, ReLU, tanh, 1 neuron switched off, 2 neurons frozen"
    assert told["First weights"] == "He, Xavier (automatic), seed 3"
    assert told["Optimizer"] == "Adam, minibatches of 30 samples"
    assert told["Learning rate"] == "0.01, schedule cosine over 100 epochs"
    assert (told["Penalties"], told["Dropout"], told["Clipping"]) == (
        "L1 0.001", "25.0\u202f%", "gradients of length 2",
    )  # fmt: skip
    header, rows = layers(snapshot)
    assert header == ("", "activation", "W", "b", "parameters")
    assert rows == (
        ("layer 1", "ReLU", "4 × 2", "4", "12"),
        ("layer 2", "tanh", "3 × 4", "3", "15"),
        ("output", "sigmoid", "1 × 3", "1", "4"),
        ("together", "", "", "", "31"),
    )
    plain = dict(settings(seen(config("parity", ()), 0)))
    assert plain["Network"] == "4–1, no hidden layer"
    assert "Features" not in plain
    assert "Dropout" not in plain


def test_the_summary_says_how_far_and_how_good() -> None:
    before, one, numbers = seen(config("circle", (3,)), 0), seen(config("circle", (3,)), 1), seen(config("sine", (3,)))
    assert summary(before) == (
        "Circle with the network 2–3–1", "A network of 13 parameters before it has learned anything.",
    )  # fmt: skip
    assert "has learned for 1 epoch. It is right on " in summary(one)[1]
    assert f"{small(numbers.metrics.test_loss)} on the test samples." in summary(numbers)[1]


def test_what_the_doctor_finds_is_told_with_what_would_help() -> None:
    well, ill = seen(config("circle", (4, 3))), seen(config("circle", (4,), ("relu",), initializer="constant"), 0)
    for snapshot, is_ill in ((well, False), (ill, True)):
        section = next(each for each in report(snapshot).sections if each.title == "Its health")
        words, pictures = section.blocks[0], section.blocks[1]
        assert isinstance(words, Words)
        assert isinstance(pictures, Pictures)
        assert pictures.columns[0][0].size == (672, 46 * (len(snapshot.architecture.shapes) + 1))
        assert bool(words.bold) == ("What would help: " in words.text) == is_ill
        if not is_ill:
            assert words.text.startswith("Nothing is wrong")
    assert [each.illness for each in results_of(ill).findings] == ["symmetry"]


def test_what_was_changed_on_the_way_is_told_with_its_time() -> None:
    trainer = Trainer(config("circle", (3,)))
    assert changes(observe(trainer, Look())) == ()
    trainer.run_epoch()
    trainer.adopt(trainer.config.changed("training", learning_rate=0.5))
    trainer.run_epoch()
    trainer.adopt(trainer.config.changed("network", activations=("relu",)))
    trainer.run_epoch()
    found = changes(observe(trainer, Look()))
    assert found[0][0] == "after 1 epoch"
    assert "learning rate 0.5 instead of 0.01" in found[0][1]
    assert found[-1] == ("after 2 epochs", "ReLU in layer 1 instead of tanh") or "ReLU instead of tanh" in found[-1][1]
    trainer.put([Put(0, 1, None, 0.5)])
    found = changes(observe(trainer, Look()))
    assert found[-1] == ("after 3 epochs", "weights or biases set by hand")
    trainer.run_epoch()
    assert changes(observe(trainer, Look())) == found
    told = report(observe(trainer, Look()))
    section = next(each for each in told.sections if each.title == "What was changed on the way")
    assert section.blocks == (Facts(found),)
    assert not any(each.title == section.title for each in report(seen(config("circle", (3,)))).sections)


def test_tables_have_a_cell_for_each_column() -> None:
    for experiment in (
        config("circle", (3,)),
        config("spiral5", ()),
        config("sine", (2,)),
        config(table("classes", 2), (2,)),
    ):
        for section in report(seen(experiment)).sections:
            for block in section.blocks:
                if isinstance(block, Grid):
                    assert {len(row) for row in block.rows} == {len(block.header)}
                    assert all(len(row) == len(block.header) - 1 for row in block.shades)
