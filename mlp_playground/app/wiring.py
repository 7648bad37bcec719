"""Which wish of the user goes where: every intent of the views, connected to what fulfils it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mlp_playground.data.example import Example

if TYPE_CHECKING:
    from mlp_playground.app.controller import Controller
    from mlp_playground.app.drawing import Drawing
    from mlp_playground.app.main_window import MainWindow
    from mlp_playground.views.data.data_panel import DataPanel
    from mlp_playground.views.diagram.network_view import NetworkView
    from mlp_playground.views.training.transport import Transport


def connect_intents(window: MainWindow) -> None:
    """Connect the views' intents to the controller, a fold line to its neuron, and panels' names to their pictures."""
    _connect_transport(window.transport, window.controller)
    _connect_data(window.data, window.controller, window.drawing)
    _connect_network(window.network, window.controller)
    _connect_canvas(window)
    _connect_curves(window)
    _offer_pictures(window)


def _connect_transport(transport: Transport, controller: Controller) -> None:
    transport.play_toggled.connect(controller.toggle_play)
    transport.step_wanted.connect(controller.step)
    transport.epoch_wanted.connect(controller.step_epoch)
    transport.reset_wanted.connect(controller.reset)
    transport.pace_changed.connect(controller.set_pace)
    transport.learning_rate_changed.connect(lambda rate: controller.set_training(learning_rate=rate))
    transport.optimizer_changed.connect(lambda name: controller.set_training(optimizer=name))
    transport.batch_size_changed.connect(lambda size: controller.set_training(batch_size=size))
    transport.activation_changed.connect(controller.set_activation)
    transport.penalty_changed.connect(controller.set_penalty)
    transport.problem_changed.connect(controller.choose_problem)
    settings = transport.settings
    settings.training_changed.connect(lambda name, value: controller.set_training(**{name: value}))
    settings.network_changed.connect(lambda name, value: controller.set_first_weights(**{name: value}))


def _connect_data(data: DataPanel, controller: Controller, drawing: Drawing) -> None:
    data.data_chosen.connect(controller.choose_data)
    data.noise_changed.connect(lambda value: controller.set_data(noise=value))
    data.samples_changed.connect(lambda value: controller.set_data(samples=value))
    data.test_share_changed.connect(lambda value: controller.set_data(test_share=value))
    data.turns_changed.connect(lambda value: controller.set_data(turns=value))
    data.bits_changed.connect(lambda value: controller.set_data(bits=value))
    data.new_points_wanted.connect(controller.new_points)
    data.deskew_toggled.connect(lambda on: controller.set_data(deskew=on))
    data.own_wanted.connect(drawing.open)
    data.tools.cleared.connect(drawing.clear)


def _connect_network(network: NetworkView, controller: Controller) -> None:
    network.neuron_added.connect(controller.add_neuron)
    network.neuron_removed.connect(controller.remove_neuron)
    network.width_wanted.connect(controller.set_width)
    network.weight_edited.connect(controller.set_weight)
    network.bias_edited.connect(controller.set_bias)
    network.freeze_wanted.connect(controller.freeze)
    network.off_wanted.connect(controller.switch_off)
    network.layer_inserted.connect(controller.insert_layer)
    network.layer_removed.connect(controller.remove_layer)
    network.activation_chosen.connect(controller.set_layer_activation)
    network.feature_toggled.connect(controller.toggle_feature)


def _connect_canvas(window: MainWindow) -> None:
    network = window.network
    network.selected.connect(window.output.show_selected)
    window.output.canvas.fold_clicked.connect(lambda cell: network.select((cell[0] + 1, cell[1])))
    window.output.answer_wanted.connect(lambda: network.select(None))


def _connect_curves(window: MainWindow) -> None:
    curves, kept = window.curves, window.kept_runs
    kept.changed.connect(curves.show_runs)
    curves.keep_wanted.connect(kept.keep)
    curves.list.seen_wanted.connect(kept.show)
    curves.list.name_wanted.connect(kept.rename)
    curves.list.style_wanted.connect(kept.restyle)
    curves.list.restore_wanted.connect(kept.restore)
    curves.list.delete_wanted.connect(kept.delete)
    curves.list.export_wanted.connect(window.sharing.ask_export_curves)
    curves.chart.moment_wanted.connect(window.time_machine.go_to_epoch)
    window.confusion.sample_wanted.connect(partial(look_at_sample, window))


def look_at_sample(window: MainWindow, number: int, is_train: bool) -> None:
    """Of the data on screen, in all panels that look at one; a test digit is followed through the network, too."""
    latest = window.clock.latest
    if latest is None:
        return
    samples, part = (latest.data.train, "training") if is_train else (latest.data.test, "test")
    what = "digit" if latest.data.image_shape is not None else "sample"
    if number < len(samples):
        window.inspected.pick(Example(samples.X[:, number], float(samples.y[number]), f"{part} {what} {number + 1}"))
        if (digits := window.output.digits) is not None and what == "digit" and not is_train:
            digits.follow(number)


def _offer_pictures(window: MainWindow) -> None:
    for widget, view in (
        (window.output_dock.heading, "boundary"),
        (window.network_heading, "network"),
        (window.spaces.dock.heading, "space"),
        (window.regions.dock.heading, "regions"),
        (window.curves_dock.heading, "loss"),
        (window.confusion.dock.heading, "confusion"),
    ):
        window.pictures.offer(widget, view)
