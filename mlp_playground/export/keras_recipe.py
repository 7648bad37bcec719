"""How a network learns as a Keras script: the same experiment, with Keras's own chance."""

from __future__ import annotations

from mlp_playground.export.common import constants, opening
from mlp_playground.export.data_code import data_code
from mlp_playground.export.keras_script import inputs, model, own_layers, predict
from mlp_playground.export.subject import Subject
from mlp_playground.export.text import function, joined
from mlp_playground.export.training_code import Training
from mlp_playground.export.written import Written

HOW_TO_READ = (
    "Samples are rows, as Keras has them. First weights and the order of the samples come from Keras's own generator: "
    "it is the same experiment, but another run of it than the program's."
)
LOSSES = {
    "binary": '"binary_crossentropy"',
    "classes": '"categorical_crossentropy"',
    "regression": "half_squared",
    "tanh-squared": "half_squared",
    "huber": "keras.losses.Huber(delta=0.5)",
}
HALF_SQUARED = function("half_squared(y, answer)", "", "return keras.ops.mean(keras.ops.square(answer - y)) / 2")
METRICS = {
    "binary": '["accuracy"]',
    "classes": '["accuracy"]',
    "tanh-squared": '[keras.metrics.MeanMetricWrapper(right, name="accuracy")]',
}
RIGHT = function("right(y, answer)", "", 'return keras.ops.cast((answer > 0) == (y > 0), "float32")')
OPTIMIZERS = {
    "sgd": "SGD({rate}{clip})",
    "momentum": "SGD({rate}, momentum=0.9{clip})",
    "nesterov": "SGD({rate}, momentum=0.9, nesterov=True{clip})",
    # Keras has ε under the root
    "rmsprop": "RMSprop({rate}, rho=0.99, epsilon=1e-16{clip})",
    "adagrad": "Adagrad({rate}, initial_accumulator_value=0, epsilon=1e-20{clip})",
    "adam": "Adam({rate}, epsilon=1e-8{clip})",
    "adamw": "AdamW({rate}, epsilon=1e-8, weight_decay={decay}{clip})",
}
_NORMAL = 'keras.initializers.VarianceScaling({scale}, "{mode}", "untruncated_normal")'
NORMALS = {
    "he": function("he()", "", "return " + _NORMAL.format(scale=2.0, mode="fan_in")),
    "xavier": function("xavier()", "", "return " + _NORMAL.format(scale=1.0, mode="fan_avg")),
    "lecun": function("lecun()", "", "return " + _NORMAL.format(scale=1.0, mode="fan_in")),
}
"""Keras's own ones of that name cut off what is far out. A new one is made for each layer, as one that is used again
gives the same numbers again."""
INITS = {
    "he": "he()",
    "he-uniform": '"he_uniform"',
    "xavier": "xavier()",
    "xavier-uniform": '"glorot_uniform"',
    "lecun": "lecun()",
    "normal": "keras.initializers.RandomNormal(stddev={scale})",
    "uniform": "keras.initializers.RandomUniform(-{scale}, {scale})",
    "constant": "keras.initializers.Constant({scale})",
    "zeros": '"zeros"',
}
SCHEDULE = '''
class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate at each step, of which an epoch has so many."""

    def __init__(self, steps):
        self.steps = steps

    def __call__(self, step):
        t = keras.ops.minimum(keras.ops.cast(step, "float32") / (self.steps * PLANNED), 1.0)
        return RATE * factor(t)
'''
FACTORS = {
    "step": "return keras.ops.where(t < 0.5, 1.0, keras.ops.where(t < 0.75, 0.1, 0.01))",
    "linear": "return 1 - t",
    "cosine": "return (1 + keras.ops.cos(np.pi * t)) / 2",
    "warm-up": "return keras.ops.where(t < 0.1, t / 0.1, (1 + keras.ops.cos(np.pi * (t - 0.1) / 0.9)) / 2)",
}
KEEP = '''
class Keep(keras.callbacks.Callback):
    """Gives frozen neurons their weights back after each step."""

    def on_train_begin(self, logs=None):
        self.dense = [layer for layer in self.model.layers if isinstance(layer, layers.Dense)]
        self.kept = [layer.get_weights() for layer in self.dense]

    def on_train_batch_end(self, batch, logs=None):
        for layer, neuron in FROZEN:
            W, b = self.dense[layer].get_weights()
            W[:, neuron], b[neuron] = self.kept[layer][0][:, neuron], self.kept[layer][1][neuron]
            self.dense[layer].set_weights([W, b])
'''


def keras_recipe(subject: Subject) -> Written:
    """The script, and its samples beside it where they are many."""
    data, training = data_code(subject), Training(subject)
    head = subject.architecture.head
    text = joined(
        opening(
            subject, "How it learns", (HOW_TO_READ,), *data.imports,
            "import keras", "import numpy as np", "from keras import layers",
        ),
        training.constants,
        data.code,
        own_layers(subject),
        inputs(subject),
        HALF_SQUARED if LOSSES[head] == "half_squared" else "",
        RIGHT if head == "tanh-squared" else "",
        _schedule(training),
        KEEP if training.frozen else "",
        *(NORMALS[name] for name in dict.fromkeys(training.initializers) if name in NORMALS),
        _model(subject, training),
        _train(subject, training),
        predict(subject),
        constants(subject),
        'if __name__ == "__main__":\n    train()',
    )  # fmt: skip
    return Written(text.encode(), data.beside, "data")


def _schedule(training: Training) -> str:
    if not training.has_schedule:
        return ""
    words = "What the learning rate is multiplied by when the share t of the planned epochs is done."
    return joined(function("factor(t)", words, FACTORS[training.options.schedule]), SCHEDULE)


def _model(subject: Subject, training: Training) -> str:
    network, options = subject.config.network, training.options
    names = tuple(INITS[name].format(scale=network.initializer_scale) for name in training.initializers)
    given = (("l1=L1", options.l1), ("l2=L2 / 2", training.l2))
    penalties = ", ".join(text for text, rate in given if rate)
    regularizer = f"keras.regularizers.L1L2({penalties})" if penalties else ""
    note = "# the program's L1 takes weights to 0 exactly, and this one only near it\n" if options.l1 else ""
    lines = [
        "X_train, Y_train, X_test, Y_test = (each.T for each in load())",
        "",
        "keras.utils.set_random_seed(SEED)",
        note + model(subject, initializers=names, regularizer=regularizer),
    ]
    rate = "Schedule(-(-len(X_train) // BATCH))" if training.has_schedule else "RATE"
    clip = ", global_clipnorm=CLIP" if options.clip_norm else ""
    optimizer = OPTIMIZERS[options.optimizer].format(rate=rate, clip=clip, decay="L2" if training.decay else 0)
    lines.append(f"optimizer = keras.optimizers.{optimizer}")
    if training.decay:
        lines.append('optimizer.exclude_from_weight_decay(var_names=["bias"])')
    head = subject.architecture.head
    metrics = f", metrics={METRICS[head]}" if head in METRICS else ""
    lines.append(f"model.compile(optimizer, loss={LOSSES[head]}{metrics})")
    return "\n".join(lines)


def _train(subject: Subject, training: Training) -> str:
    told = "inputs({})" if subject.features or subject.scales else "{}"
    train, test = told.format("X_train"), told.format("X_test")
    keep = ", callbacks=[Keep()]" if training.frozen else ""
    body = (
        f"model.fit(\n    {train}, Y_train, batch_size=BATCH, epochs=EPOCHS,\n"
        f"    validation_data=({test}, Y_test), verbose=2{keep},\n)"
    )
    return function("train()", "Learn from the training samples, minibatch by minibatch.", body)
