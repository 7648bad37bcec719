"""What is said of the optimizer's turn: the rule it follows, and one parameter's way from before to after."""

from __future__ import annotations

from mlp_playground.experiment.config import TrainingConfig
from mlp_playground.experiment.dry_step import DryStep
from mlp_playground.experiment.graph_question import Followed, GraphQuestion
from mlp_playground.experiment.put import parameters_of
from mlp_playground.nn.network import Architecture
from mlp_playground.nn.optimizers import OPTIMIZERS
from mlp_playground.views.inside.matrix import Entry, number
from mlp_playground.views.layers.graph_names import subscript
from mlp_playground.views.numbers import number as rate


def update_words(question: GraphQuestion, followed: Followed, name: str) -> str:
    """What happens to W or b `name`."""
    step, training = followed.step, question.frame.config.training
    if step is None:
        return followed.why_no_step
    optimizer = OPTIMIZERS[training.optimizer]
    sign = f"{name[0]}{subscript(int(name[1:]))}"
    rule = f"{optimizer.label} changes {sign}: {optimizer.formula}, η = {rate(step.learning_rate)}."
    return " ".join([rule, *_beside(training, step, name), _whose(question, followed)])


def _beside(training: TrainingConfig, step: DryStep, name: str) -> list[str]:
    """What else pulls."""
    words = []
    if not step.learning_rate:
        words.append("The schedule has η at 0 here, so nothing moves.")
    if step.shortening < 1:
        words.append(f"The gradient's length {number(step.length)} was cut to {number(training.clip_norm)}.")
    if name[0] == "W" and training.l2 and OPTIMIZERS[training.optimizer].decouples:
        words.append("Beside it L2 takes η·λ of each weight.")
    if name[0] == "W" and training.l1:
        words.append("After it L1 pulls each weight by η·λ towards 0.")
    return words


def _whose(question: GraphQuestion, followed: Followed) -> str:
    """Whether the run will do the same."""
    if followed.is_next:
        return "It is just what the run does in its next step."
    if question.frame.memory is None:
        return "The optimizer's memory of this moment was not kept, so it begins with an empty one."
    dropout = " and without dropout" if question.frame.config.training.dropout else ""
    return f"A trial: the run would do it if this sample alone came next{dropout}."


def entry_words(architecture: Architecture, step: DryStep, name: str, entry: Entry) -> str:
    """One number's way through the step, with each part of it."""
    row = parameters_of(architecture, int(name[1:]) - 1, entry[0])
    i = int(row[-1 if name[0] == "b" else entry[1]])
    before, after, of_loss, joined = (float(each[i]) for each in (step.before, step.after, step.gradient, step.joined))
    parts = [f"gradient {number(of_loss)}"]
    if joined != of_loss:
        parts.append(f"with its penalty {number(joined)}")
    if step.shortening < 1:
        parts.append(f"shortened {number(joined * step.shortening)}")
    for key, value in step.memory.items():
        was, is_ = ((each[0] if each.size == 1 else each[i]) for each in (value, step.memory_after[key]))
        parts.append(f"{key} {number(float(was))} → {number(float(is_))}")
    change = f"{number(before)} {'−' if after < before else '+'} {number(abs(after - before))} = {number(after)}"
    return f"{name[0].lower()} [{', '.join(str(n + 1) for n in entry)}]:  {',  '.join(parts)}.  {change}"
