"""Whose way through the network a graph is."""

from __future__ import annotations

from mlp_playground.experiment.graph_question import Followed, GraphQuestion, Which
from mlp_playground.numerals import grouped
from mlp_playground.views.space.space_words import number


def subject_words(question: GraphQuestion, followed: Followed) -> str:
    """What is followed."""
    data, samples = question.snapshot.data, followed.samples
    if samples is None:
        example = question.wish.example
        assert example is not None
        return f"{example.words[:1].upper()}{example.words[1:]}"
    if question.wish.which is Which.MINIBATCH:
        return f"The run's next minibatch, {grouped(len(samples))} sample{'s' * (len(samples) > 1)}"
    target = data.train.y[samples[0]]
    what = f"target {number(float(target))}" if data.task == "regression" else data.classes[int(target)]
    return f"Training sample {grouped(int(samples[0]) + 1)} ({what})"
